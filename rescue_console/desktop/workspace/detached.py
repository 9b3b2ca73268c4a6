"""A separate window for one session, such as on a second screen; closing it puts it back."""

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from rescue_console.desktop.program.settings import Settings
from rescue_console.desktop.workspace.tab import WorkspaceTab

WIDTH_CHARACTERS = 150
HEIGHT_LINES = 56
"""The initial size, in average characters and lines of the font, if the screen is large enough."""


class DetachedWindow(QWidget):
    """Holds a workspace outside the main window, and remembers its place on the screen.

    Signals:
        closed: The person closed it: the workspace must go back into the main window.
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
            # If its screen has gone, Qt moves the window onto one that is there.
            self.restoreGeometry(QByteArray(settings.workspace_geometry))

    def release(self) -> WorkspaceTab:
        """Hand over the workspace, remember this window's place, and close it and its dialogs."""
        for dialog in self.findChildren(QDialog, options=Qt.FindChildOption.FindDirectChildrenOnly):
            # A dialog that is destroyed with the window would never answer.
            dialog.close()
        self._settings.workspace_geometry = bytes(self.saveGeometry().data())
        self._layout.removeWidget(self.tab)
        self.tab.setParent(None)
        self.hide()
        self.deleteLater()
        return self.tab

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """Leave the closing to whoever put the workspace in here."""
        event.ignore()
        self.closed.emit()
