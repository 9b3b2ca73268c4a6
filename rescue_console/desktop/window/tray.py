"""The icon in the system's tray and the desktop notifications that come from it."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from rescue_console.desktop.look.icons import icon
from rescue_console.desktop.program.language_change import on_language_change

SHOWN_MS = 20_000
"""How long a notification stays, in milliseconds, where the system honours it."""


class Tray(QObject):
    """Shows that the console is running, and how many customers wait.

    Where the desktop has no tray, nothing is shown and nothing fails.

    Signals:
        show_requested: The person wants to see the window.
        session_requested: The notification of the session with this id was clicked.
        quit_requested: The person wants to end the program.
    """

    show_requested = Signal()
    session_requested = Signal(str)
    quit_requested = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._notified = ""
        self._menu = QMenu(window)
        self._show_action = QAction(self)
        self._quit_action = QAction(self)
        self._menu.addActions([self._show_action, self._quit_action])
        self._icon = QSystemTrayIcon(icon("app"), self)
        self._icon.setContextMenu(self._menu)
        self._show_action.triggered.connect(self.show_requested)
        self._quit_action.triggered.connect(self.quit_requested)
        self._icon.activated.connect(self._on_activated)
        self._icon.messageClicked.connect(self._on_message_clicked)
        self.retranslate()
        on_language_change(window, self.retranslate)
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._icon.show()

    def notify(self, title: str, text: str, session_id: str) -> None:
        """Show a desktop notification about a session."""
        self._notified = session_id
        self._icon.showMessage(title, text, icon("app"), SHOWN_MS)

    def set_waiting(self, count: int) -> None:
        """Say in the tool tip how many customers wait."""
        text = self.tr("Rescue Console")
        if count:
            text = f"{text} – {self.tr('%n customer(s) waiting', '', count)}"
        self._icon.setToolTip(text)

    def hide(self) -> None:
        """Remove the icon."""
        self._icon.hide()

    def retranslate(self) -> None:
        """Set the texts in the current language."""
        self._show_action.setText(self.tr("Show Rescue Console"))
        self._quit_action.setText(self.tr("Quit"))
        self.set_waiting(0)

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.show_requested.emit()

    def _on_message_clicked(self) -> None:
        self.show_requested.emit()
        if self._notified:
            self.session_requested.emit(self._notified)
