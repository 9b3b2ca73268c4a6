"""What the person chooses in the toolbar, the menus and the session list."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from rescue_console.desktop.actions.actions import SessionAction
from rescue_console.desktop.actions.commands import SessionCommands
from rescue_console.desktop.reactions.overview import Overview
from rescue_console.desktop.reactions.selection import Selection
from rescue_console.desktop.window.dialogs import Dialogs
from rescue_console.desktop.window.main import MainWindow
from rescue_console.desktop.window.tabs import SessionTabs
from rescue_console.desktop.words.only_there import only_there_text
from rescue_console.protocol.answers import Session

SHOWN_MS = 5_000
"""How long the status bar says what has been copied, in milliseconds."""


class Choices(QObject):
    """Carries out what was chosen, on the selected session where it concerns one."""

    def __init__(
        self,
        window: MainWindow,
        selection: Selection,
        tabs: SessionTabs,
        commands: SessionCommands,
        dialogs: Dialogs,
        overview: Overview,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._selection = selection
        self._tabs = tabs
        self._commands = commands
        self._dialogs = dialogs
        self._overview = overview
        self._connect_sessions()
        self._connect_menus()

    def _connect_sessions(self) -> None:
        sessions = self._window.ui.sessionList
        sessions.activated.connect(self._on_activated)
        sessions.menu_requested.connect(self._window.show_session_menu)
        sessions.new_session_requested.connect(self._dialogs.create_session)
        self._overview.states.chosen.connect(self._on_chosen)
        self._commands.transfer_requested.connect(self._dialogs.transfer)

    def _connect_menus(self) -> None:
        ui = self._window.ui
        ui.copyLinkAction.triggered.connect(self._copy_link)
        ui.copyCodeAction.triggered.connect(self._copy_code)
        ui.logAction.triggered.connect(self._show_log)
        ui.nextTabAction.triggered.connect(lambda: self._tabs.turn(1))
        ui.previousTabAction.triggered.connect(lambda: self._tabs.turn(-1))
        ui.optionsAction.triggered.connect(self._dialogs.options)
        ui.openLogFolderAction.triggered.connect(self._dialogs.log_folder)
        ui.aboutAction.triggered.connect(self._dialogs.about)

    def _on_chosen(self, action: SessionAction) -> None:
        ended = self._selection.ended
        if action is SessionAction.CLOSE and ended is not None:
            self._tabs.close(ended.id)
            self._overview.refresh()
        elif action is SessionAction.NEW_SESSION:
            self._dialogs.create_session()
        elif (session := self._selection.current) is not None:
            self._commands.do(action, session)

    def _on_activated(self, session: Session | None) -> None:
        """Go to the session's tab or, if it has none, start the session."""
        if session is None or self._tabs.show(session.id):
            return
        if self._window.ui.startAction.isEnabled():
            self._commands.do(SessionAction.START, session)

    def _copy_link(self) -> None:
        if (session := self._selection.current) is not None:
            QGuiApplication.clipboard().setText(session.link)
            self._tell(self.tr("The link is in the clipboard."))
            if only_there := only_there_text(session.link):
                self._window.show_notice(only_there)

    def _copy_code(self) -> None:
        if (session := self._selection.current) is not None:
            QGuiApplication.clipboard().setText(session.code)
            self._tell(self.tr("The code is in the clipboard."))

    def _tell(self, text: str) -> None:
        self._window.ui.statusBar.showMessage(text, SHOWN_MS)

    def _show_log(self) -> None:
        if (session := self._selection.current) is not None:
            self._dialogs.session_log(session)
