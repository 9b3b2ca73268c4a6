"""All that exists between sign-in and sign-out, built in order and closed in reverse."""

from PySide6.QtCore import QObject, Signal

from rescue_console.client.account import Account
from rescue_console.client.server_clock import ServerClock
from rescue_console.desktop.actions.actions import is_mine
from rescue_console.desktop.actions.commands import SessionCommands
from rescue_console.desktop.link.availability_watch import AvailabilityWatch
from rescue_console.desktop.link.calls import ApiCalls
from rescue_console.desktop.link.connection import Connection
from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.program.settings import Settings
from rescue_console.desktop.reactions.attention import Attention
from rescue_console.desktop.reactions.breaking_off import BreakingOff
from rescue_console.desktop.reactions.choices import Choices
from rescue_console.desktop.reactions.leaving import Leaving
from rescue_console.desktop.reactions.news import News
from rescue_console.desktop.reactions.overview import Overview
from rescue_console.desktop.reactions.refusals import Refusals
from rescue_console.desktop.reactions.selection import Selection
from rescue_console.desktop.session_list.cells import SessionCells
from rescue_console.desktop.session_list.model import SessionModel
from rescue_console.desktop.sounds import Sounds
from rescue_console.desktop.window.dialogs import Dialogs, close_dialogs
from rescue_console.desktop.window.main import MainWindow
from rescue_console.desktop.window.notifications import Notifications
from rescue_console.desktop.window.tabs import SessionTabs
from rescue_console.desktop.window.tray import Tray
from rescue_console.desktop.workspace.chat.conversations import Conversations
from rescue_console.desktop.workspace.chat.kept import KeptChats, chats_folder
from rescue_console.desktop.workspace.notes.kept import KeptNotes, notes_folder
from rescue_console.desktop.workspace.notes.notebook import Notebook
from rescue_console.desktop.workspace.panes import PaneParts
from rescue_console.desktop.workspace.section.identity import Identities
from rescue_console.desktop.workspace.workspaces import Workspaces
from rescue_console.protocol.answers import Me, Session


class Console(QObject):
    """The technician console of one sign-in: its parts, and the signals that connect them.

    Signals:
        signed_out: The sign-in is over. Carries the ``SignedOut`` that ended it, or ``None`` if the
            person signed out.
        quit_requested: The person wants to quit, and has confirmed it where necessary.
        failed: A fault of this program occurred; it has already been logged.
    """

    signed_out = Signal(object)
    quit_requested = Signal()
    failed = Signal(object)

    def __init__(self, account: Account, settings: Settings, sounds: Sounds) -> None:
        super().__init__()
        self._account = account
        self._settings = settings
        self._sounds = sounds
        self.standing = Standing(account.me, parent=self)
        self._clock = ServerClock()
        self._clock.set(self.me.server.time)
        self._calls = ApiCalls(account.api)
        self._build_sessions()
        self._build_windows()
        self._build_reactions()
        self._connect()

    @property
    def me(self) -> Me:
        """Who the technician is and what they may do."""
        return self.standing.me

    def start(self) -> None:
        """Show the window and begin to follow the server."""
        self._show_account()
        self._show_notice()
        self.overview.refresh()
        self.window.show()
        self.tray.start()
        self.connection.start()

    async def aclose(self) -> None:
        """Close everything, last opened first."""
        await self.tray.aclose()
        close_dialogs(self.window)
        await self.leaving.aclose()
        await self.commands.jobs.aclose()
        await self.presence.aclose()
        await self.tabs.aclose()
        await self.connection.aclose()
        await self.tabs.aclose()
        await self.conversations.aclose()
        await self.notebook.aclose()
        self.window.let_close()
        self.window.deleteLater()
        await Jobs.in_thread(self._account.close)

    # Building

    def _build_sessions(self) -> None:
        """Build the parts that hold sessions, their chats and their notes."""
        account, calls, standing = self._account, self._calls, self.standing
        owner = (account.server.url, self.me.id)
        chats, notes = KeptChats(chats_folder(), *owner), KeptNotes(notes_folder(), *owner)
        self.conversations = Conversations(standing, calls, self._is_mine, chats, self)
        self.notebook = Notebook(calls, standing, notes, self)
        self._cells = SessionCells(self._clock.now, self.me.id, self.conversations.unread)
        self.model = SessionModel(self._cells, self)
        self.connection = Connection(
            account.api, account.events(), self._clock, self.model.session, self.model.ids, self
        )

    def _build_windows(self) -> None:
        settings, calls, standing = self._settings, self._calls, self.standing
        self.window = MainWindow(settings)
        self.list = self.window.ui.sessionList
        self.list.set_model(self.model)
        self.list.restore_state(settings.session_list_state)
        self.dialogs = Dialogs(
            calls, standing, settings, self._sounds, self.conversations, self.window
        )
        self.workspaces = Workspaces(self._pane_parts(), standing, self)
        self.tabs = SessionTabs(
            self.window.ui.sessionTabs,
            self.window.ui.workspace,
            self.workspaces.make,
            standing,
            settings,
            lambda session_id: self.commands.has_closed(session_id),
            self,
        )
        self.tray = Tray(self.window)
        self.notifications = Notifications(settings, self._sounds, self.tray, self.window)

    def _pane_parts(self) -> PaneParts:
        return PaneParts(
            self._calls,
            self._cells,
            self._settings,
            self.conversations,
            self.notebook,
            Identities(),
            self._account.relay_route,
        )

    def _build_reactions(self) -> None:
        """Build the parts that react to the server and to the person."""
        window, tabs, standing = self.window, self.tabs, self.standing
        self.presence = AvailabilityWatch(self._calls, standing, self._settings, self)
        asking = BreakingOff(window, tabs, self.notebook)
        self.commands = SessionCommands(self._calls, window, asking.may_close, asking.may_break_off)
        self.refusals = Refusals(self.commands, window, tabs)
        selection = Selection(self.list, tabs, self)
        self.overview = Overview(window, self.model, selection, tabs, self.tray, standing)
        self.choices = Choices(window, selection, tabs, self.commands, self.dialogs, self.overview)
        self.attention = Attention(
            self.model.session, self._is_mine, tabs, self.notifications, self
        )
        self.news = News(
            self.connection,
            standing,
            window,
            self.model,
            tabs,
            self.commands,
            self.overview,
            self.notifications,
        )
        self.leaving = Leaving(self._account, window, tabs, self.conversations)

    def _is_mine(self, session_id: str) -> bool:
        """Tell whether the technician has started a session and still has it."""
        session = self.model.session(session_id)
        return session is not None and is_mine(session, self.me)

    # Signals

    def _connect(self) -> None:
        self._connect_failures()
        self._connect_server_news()
        self._connect_window()
        self.leaving.signed_out.connect(self.signed_out)
        self.leaving.quit_requested.connect(self.quit_requested)
        self.conversations.unseen.connect(self.attention.call_to_chat)
        self.conversations.unread_changed.connect(self.model.repaint)
        self.workspaces.attention_wanted.connect(self.attention.call_to_question)
        self.workspaces.chosen.connect(self.commands.do)
        self.dialogs.changed.connect(self._on_session_made)
        self.standing.me_changed.connect(self._show_account)
        self._settings.notice_changed.connect(self._show_notice)

    def _connect_failures(self) -> None:
        for part in (
            self.leaving.jobs,
            self.connection.jobs,
            self.commands,
            self.dialogs,
            self.tabs,
            self.workspaces,
            self.conversations,
            self.notebook,
            self.presence,
            self.tray.jobs,
        ):
            part.failed.connect(self.failed)

    def _connect_server_news(self) -> None:
        connection = self.connection
        connection.chat_said.connect(self.conversations.add)
        connection.signed_out.connect(self.leaving.end)
        # A call's answer often arrives before its event.
        self.commands.changed.connect(connection.add_session)
        self.workspaces.changed.connect(connection.add_session)
        self.notebook.stored.connect(connection.add_session)

    def _connect_window(self) -> None:
        window, tray = self.window, self.tray
        window.ui.banner.pressed.connect(self.connection.retry_now)
        window.ui.refreshAction.triggered.connect(self.connection.read_again)
        window.availability_button.chosen.connect(self.presence.choose)
        self.presence.refused.connect(window.show_notice)
        tray.show_requested.connect(window.bring_to_front)
        tray.session_requested.connect(self.list.select)
        tray.session_requested.connect(self.tabs.show)
        tray.quit_requested.connect(self.leaving.quit)

    def _on_session_made(self, session: Session) -> None:
        self.connection.add_session(session)
        self.list.select(session.id)

    def _show_account(self) -> None:
        self.window.show_account(self._account.server.url, self.me.name)

    def _show_notice(self) -> None:
        self.window.show_notice(self._settings.notice)
