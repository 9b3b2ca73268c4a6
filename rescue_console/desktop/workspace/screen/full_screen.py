"""Lends a widget to a window that fills the monitor, under a bar, and gives it back."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget


class FullScreen(QObject):
    """Shows *widget*, which lives in the first cell of *home*, alone on the monitor, under *bar*.

    Signals:
        ended: The widget is back.
    """

    ended = Signal()

    def __init__(self, widget: QWidget, home: QGridLayout, bar: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._owner = parent
        self._bar = bar
        bar.setParent(parent)
        bar.hide()
        self._widget = widget
        self._home = home
        self._window: _Window | None = None

    @property
    def on(self) -> bool:
        """Whether the widget fills the monitor."""
        return self._window is not None

    def toggle(self) -> None:
        """Begin or end."""
        if self._window is None:
            self._begin()
        else:
            self.end()

    def end(self) -> None:
        """Give the widget back."""
        window, self._window = self._window, None
        if window is None:
            return
        self._home.addWidget(self._widget, 0, 0)
        self._widget.lower()
        self._bar.setParent(self._owner)
        window.hide()
        window.deleteLater()
        self.ended.emit()

    def _begin(self) -> None:
        owner = self._widget.window()
        window = _Window(owner.windowTitle())
        window.left.connect(self.end)
        window.box.addWidget(self._bar)
        window.box.addWidget(self._widget, 1)
        self._bar.show()
        self._window = window
        window.setScreen(owner.screen())
        window.showFullScreen()
        self._widget.setFocus()


class _Window(QWidget):
    left = Signal()

    def __init__(self, title: str) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowTitle(title)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(0)
        QShortcut(QKeySequence(Qt.Key.Key_F11), self, self.left.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Leave on Escape, unless the picture has sent it to the customer's device."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """Give the widget back when the window system closes the window."""
        event.ignore()
        self.left.emit()
