"""The main window: it assembles its parts and shows what it is given, but decides nothing."""

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QMenu, QWidget

from rescue_console.desktop.actions.actions import SessionAction
from rescue_console.desktop.link.availability_button import AvailabilityButton
from rescue_console.desktop.link.connection import LinkState
from rescue_console.desktop.look.icons import icon
from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.program.settings import Settings
from rescue_console.desktop.window.ui_main import Ui_MainWindow

Sentence = Callable[[], str]
"""Returns a sentence in the present language, which may change while it is shown."""

_ICONS = {
    "newSessionAction": "new-session",
    "startAction": "start",
    "holdAction": "hold",
    "transferAction": "transfer",
    "closeAction": "close",
    "copyLinkAction": "link",
    "copyCodeAction": "copy",
    "findAction": "search",
    "optionsAction": "options",
    "openLogFolderAction": "folder",
    "aboutAction": "help",
}


class MainWindow(QMainWindow):
    """The technician console's window.

    Signals:
        close_requested: The person wants to close the window, which waits for ``let_close``.
    """

    close_requested = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._may_close = False
        self._who = ("", "")
        self._link = LinkState.CONNECTING
        self._why_offline: Sentence = str
        self._why_away: Sentence = str
        self._why_plain: Sentence = str
        self._plain_notice = ""
        self._counts = (0, 0, 0)
        self.ui = Ui_MainWindow()
        self.ui.setupUi(self)
        on_language_change(self, self._retranslate)
        for name, picture in _ICONS.items():
            getattr(self.ui, name).setIcon(icon(picture))
        self.ui.banner.ui.message.setObjectName("offlineMessage")
        self.ui.noticeBanner.pressed.connect(self._dismiss_notice)
        self.ui.findAction.triggered.connect(self.ui.sessionList.focus_search)
        self.ui.otherPaneAction.triggered.connect(self._go_to_other_pane)
        self.availability_button = AvailabilityButton()
        self.ui.statusBar.addPermanentWidget(self.availability_button)
        self.server_label, self.link_label, self.counts_label = QLabel(), QLabel(), QLabel()
        for label in (self.counts_label, self.server_label, self.link_label):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setMargin(self.fontMetrics().averageCharWidth())
            self.ui.statusBar.addPermanentWidget(label)
        self._restore()

    @property
    def session_actions(self) -> dict[SessionAction, QAction]:
        """The actions of the session toolbar."""
        return {
            SessionAction.NEW_SESSION: self.ui.newSessionAction,
            SessionAction.START: self.ui.startAction,
            SessionAction.HOLD: self.ui.holdAction,
            SessionAction.TRANSFER: self.ui.transferAction,
            SessionAction.CLOSE: self.ui.closeAction,
        }

    def show_session_menu(self, place: QPoint) -> None:
        """Show what can be done with the selected session, at a global point."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.addActions([self.ui.startAction, self.ui.holdAction])
        menu.addActions([self.ui.transferAction, self.ui.closeAction])
        menu.addSeparator()
        menu.addActions([self.ui.copyLinkAction, self.ui.copyCodeAction, self.ui.logAction])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _go_to_other_pane(self) -> None:
        """Move the focus from the list to the workspace, or from anywhere else to the list."""
        ui, focus = self.ui, self.focusWidget()
        in_list = focus is not None and ui.sessionList.isAncestorOf(focus)
        workspace = ui.sessionTabs.currentWidget()
        if in_list and workspace is not None:
            workspace.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            ui.sessionList.ui.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # What is shown

    def show_account(self, server: str, technician: str) -> None:
        """Say in the status bar who is signed in where."""
        self._who = (technician, server)
        self._show_status_line()

    def show_link(self, state: LinkState, why_offline: Sentence = str) -> None:
        """Show the state of the connection to the server and, when offline, the reason."""
        self._link = state
        self._why_offline = why_offline
        self._show_why_offline()
        self._show_status_line()

    def show_server_away(self, why_away: Sentence) -> None:
        """Say why the embedded server is away, which says more than the lost connection."""
        self._why_away = why_away
        self._show_why_offline()

    def _show_why_offline(self) -> None:
        self.ui.banner.say(self._why_away() or self._why_offline(), self.tr("Try now"))

    def show_way(self, why_plain: Sentence) -> None:
        """Say why the server is reached by requests only; empty when WebSockets get through."""
        self._why_plain = why_plain
        if why_plain() or self._shows_why_plain():
            self._show_why_plain()
        self._show_status_line()

    def _shows_why_plain(self) -> bool:
        """Tell whether the notice is about that, and neither dismissed nor another one by now."""
        return self.ui.noticeBanner.text == self._plain_notice

    def _show_why_plain(self) -> None:
        self._plain_notice = self._why_plain()
        self.show_notice(self._plain_notice)

    def show_counts(self, waiting: int, active: int, open_sessions: int) -> None:
        """Show how many sessions there are."""
        self._counts = (waiting, active, open_sessions)
        self._show_status_line()

    def show_progress(self, text: str) -> None:
        """Say in the status bar what is going on; empty when it is done."""
        self.ui.statusBar.showMessage(text)

    def show_notice(self, text: str, tone: Tone = Tone.WARNING) -> None:
        """Show a notice that stays until it is dismissed; an empty text removes it."""
        self.ui.noticeBanner.say(text, self.tr("Got it"), tone)

    def _dismiss_notice(self) -> None:
        self.show_notice("")

    def _show_status_line(self) -> None:
        technician, server = self._who
        self.server_label.setText(self.tr("{0} at {1}").format(technician, server))
        self.link_label.setText(self._link_text())
        self.link_label.setToolTip(self._why_plain())
        waiting, active, open_sessions = self._counts
        self.counts_label.setText(
            self.tr("Waiting: {0}   Active: {1}   Open: {2}").format(waiting, active, open_sessions)
        )

    def _link_text(self) -> str:
        match self._link:
            case LinkState.CONNECTING:
                return self.tr("Connecting…")
            case LinkState.ONLINE if self._why_plain():
                return self.tr("Connected, without WebSockets")
            case LinkState.ONLINE:
                return self.tr("Connected")
            case LinkState.OFFLINE:
                return self.tr("Not connected")

    # Its place on the screen

    def _restore(self) -> None:
        if self._settings.window_geometry:
            self.restoreGeometry(QByteArray(self._settings.window_geometry))
        if self._settings.window_state:
            self.ui.splitter.restoreState(QByteArray(self._settings.window_state))
        else:
            width = self.width()
            self.ui.splitter.setSizes([width * 45 // 100, width * 55 // 100])

    def save(self) -> None:
        """Remember place, size and columns for the next start."""
        self._settings.window_geometry = bytes(self.saveGeometry().data())
        self._settings.window_state = bytes(self.ui.splitter.saveState().data())
        self._settings.session_list_state = self.ui.sessionList.save_state()

    def bring_to_front(self) -> None:
        """Show the window above the others."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def let_close(self) -> None:
        """Close for good."""
        self._may_close = True
        self.save()
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """Request to be closed; only ``let_close`` really closes the window."""
        if self._may_close:
            super().closeEvent(event)
            return
        event.ignore()
        self.close_requested.emit()

    def _retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self._show_why_offline()
        if self._shows_why_plain():
            self._show_why_plain()
        self._show_status_line()
