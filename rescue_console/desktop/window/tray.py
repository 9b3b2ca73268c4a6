"""The icon in the system's tray, and the desktop notifications."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from rescue_console.desktop.look.icons import icon
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.window.desktop_notices import SHOWN_MS, DesktopNotices
from rescue_console.desktop.window.session_bus import bus_address
from rescue_console.desktop.window.tray_place import is_announced, until_there_is_a_tray


class Tray(QObject):
    """Shows that the console is running, and how many customers wait.

    The icon appears once the desktop has a tray. Notifications need none on a Linux desktop;
    elsewhere they come from the icon.

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
        self._waiting = 0
        self._icon: QSystemTrayIcon | None = None
        self.jobs = Jobs(self)
        self._notices = DesktopNotices(self.jobs, self)
        self._notices.clicked.connect(self._open_session)
        self._menu = QMenu(window)
        self._show_action = QAction(self)
        self._quit_action = QAction(self)
        self._menu.addActions([self._show_action, self._quit_action])
        self._show_action.triggered.connect(self.show_requested)
        self._quit_action.triggered.connect(self.quit_requested)
        self.retranslate()
        on_language_change(window, self.retranslate)
        if not is_announced():
            self._show_icon()

    def start(self) -> None:
        """Show the icon as soon as the desktop has a tray."""
        if self._icon is None:
            self.jobs.start(self._wait_for_place(), "wait for a tray")

    def notify(self, title: str, text: str, session_id: str) -> None:
        """Show a desktop notification about a session."""
        if bus_address():
            self._notices.show(
                title, text, session_id, lambda: self._notify_by_icon(title, text, session_id)
            )
        else:
            self._notify_by_icon(title, text, session_id)

    def set_waiting(self, count: int) -> None:
        """Say in the tool tip how many customers wait."""
        self._waiting = count
        self._show_tip()

    def hide(self) -> None:
        """Remove the icon."""
        if self._icon is not None:
            self._icon.hide()

    async def aclose(self) -> None:
        """Remove the icon and end what is under way."""
        self.hide()
        await self.jobs.aclose()
        await self._notices.aclose()

    def retranslate(self) -> None:
        """Set the texts in the current language."""
        self._show_action.setText(self.tr("Show Rescue Console"))
        self._quit_action.setText(self.tr("Quit"))
        self._show_tip()

    async def _wait_for_place(self) -> None:
        await until_there_is_a_tray()
        self._show_icon()

    def _show_icon(self) -> None:
        """Make the icon; from now on Qt brings it back when the tray is started anew."""
        self._icon = QSystemTrayIcon(icon("app"), self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._on_activated)
        self._icon.messageClicked.connect(lambda: self._open_session(self._notified))
        self._show_tip()
        if QSystemTrayIcon.isSystemTrayAvailable() or QGuiApplication.platformName() == "xcb":
            # On X Qt itself waits for a tray of the older kind.
            self._icon.show()

    def _show_tip(self) -> None:
        text = self.tr("Rescue Console")
        if self._waiting:
            text = f"{text} – {self.tr('%n customer(s) waiting', '', self._waiting)}"
        if self._icon is not None:
            self._icon.setToolTip(text)

    def _notify_by_icon(self, title: str, text: str, session_id: str) -> None:
        if self._icon is not None:
            self._notified = session_id
            self._icon.showMessage(title, text, icon("app"), SHOWN_MS)

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.show_requested.emit()

    def _open_session(self, session_id: str) -> None:
        self.show_requested.emit()
        if session_id:
            self.session_requested.emit(session_id)
