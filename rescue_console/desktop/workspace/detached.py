"""A window of its own for one session, for another screen; closing it puts the session back."""

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from rescue_console.desktop.program.settings import Settings
from rescue_console.desktop.workspace.tab import WorkspaceTab

WIDTH_CHARACTERS = 150
HEIGHT_LINES = 56
"""The size at first, in average characters and lines of the font, if the screen is as large."""


class DetachedWindow(QWidget):
    """Holds a workspace outside the main window. Its place on the screen is remembered.

    Signals:
        closed: The person closed it: the workspace belongs back into the main window.
    """

    closed = Signal()

    def __init__(self, tab: WorkspaceTab, settings: Settings) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._settings = settings
        self.tab = tab
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(tab)
        tab.show()
        metrics = self.fontMetrics()
        width = metrics.averageCharWidth() * WIDTH_CHARACTERS
        height = metrics.lineSpacing() * HEIGHT_LINES
        self.resize(QSize(width, height).boundedTo(self.screen().availableSize() * 0.9))
        if settings.workspace_geometry:
            # Qt puts it onto a screen that is there if its own has gone.
            self.restoreGeometry(QByteArray(settings.workspace_geometry))

    def release(self) -> WorkspaceTab:
        """Give the workspace away, remember the place, and go, with the questions above it."""
        for dialog in self.findChildren(QDialog, options=Qt.FindChildOption.FindDirectChildrenOnly):
            # Being destroyed with the window, they would never answer.
            dialog.close()
        self._settings.workspace_geometry = bytes(self.saveGeometry().data())
        self._layout.removeWidget(self.tab)
        self.tab.setParent(None)
        self.hide()
        self.deleteLater()
        return self.tab

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """Leave it to whoever put the workspace in here."""
        event.ignore()
        self.closed.emit()
