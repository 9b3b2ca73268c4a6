"""What stands between sign-in and sign-out: the main window and all that it shows, joined."""

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from rescue_console.client.account import Account
from rescue_console.client.server_clock import ServerClock
from rescue_console.desktop.actions.actions import SessionAction, is_mine
from rescue_console.desktop.actions.commands import SessionCommands
from rescue_console.desktop.actions.states import ActionStates
from rescue_console.desktop.link.calls import ApiCalls
from rescue_console.desktop.link.connection import Connection, LinkState
from rescue_console.desktop.link.presence import Presence
from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.look.ask import ask
from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.program.settings import Settings
from rescue_console.desktop.session_list.cells import SessionCells
from rescue_console.desktop.session_list.filter import Shown
from rescue_console.desktop.session_list.model import SessionModel
from rescue_console.desktop.session_list.waiting_watch import WaitingWatch
from rescue_console.desktop.sounds import Sounds
from rescue_console.desktop.window.dialogs import Dialogs, close_dialogs
from rescue_console.desktop.window.main import MainWindow
from rescue_console.desktop.window.notifications import Notifications
from rescue_console.desktop.window.tabs import SessionTabs
from rescue_console.desktop.window.tray import Tray
from rescue_console.desktop.words.error import offline_text
from rescue_console.desktop.words.status import customer_name
from rescue_console.desktop.workspace.chat.conversations import Conversations
from rescue_console.desktop.workspace.chat.kept import KeptChats, chats_folder
from rescue_console.desktop.workspace.notes.close_dialog import ask_to_close
from rescue_console.desktop.workspace.notes.kept import KeptNotes, notes_folder
from rescue_console.desktop.workspace.notes.notebook import Notebook
from rescue_console.desktop.workspace.panes import PaneParts, make_panes
from rescue_console.desktop.workspace.section.identity import Identities
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.desktop.workspace.tab import WorkspaceTab
from rescue_console.network.errors import SignedOut
from rescue_console.protocol.answers import Me, Session
from rescue_console.protocol.statuses import SessionStatus


class Console(QObject):
    """The technician console of one sign-in.

    Signals:
        signed_out: The sign-in is over: with the ``SignedOut`` that ended it, or ``None`` when the
            person wanted it.
        quit_requested: The person wants to end the program, and has been asked if need be.
        failed: Something happened that is a fault of this program, already logged.
    """

    signed_out = Signal(object)
    quit_requested = Signal()
    failed = Signal(object)

    def __init__(self, account: Account, settings: Settings, sounds: Sounds) -> None:
        super().__init__()
        self._account = account
        self._settings = settings
        self.standing = Standing(account.me, parent=self)
        self._ending = False
        self.jobs = Jobs(self)
        self._clock = ServerClock()
        self._clock.set(self.me.server.time)
        self._calls = ApiCalls(account.api)
        chats = KeptChats(chats_folder(), account.server.url, self.me.id)
        self.conversations = Conversations(self.standing, self._calls, self._has, chats, self)
        self._cells = SessionCells(self._clock.now, self.me.id, self.conversations.unread)
        self.model = SessionModel(self._cells, self)
        self._watch = WaitingWatch(self.model.session)
        self.window = MainWindow(settings)
        self.list = self.window.ui.sessionList
        self.list.set_model(self.model)
        self.list.restore_state(settings.session_list_state)
        self.connection = Connection(
            account.api, account.events(), self._clock, self.model.session, self.model.ids, self
        )
        kept = KeptNotes(notes_folder(), account.server.url, self.me.id)
        self.notebook = Notebook(self._calls, self.standing, kept, self)
        self.commands = SessionCommands(
            self._calls, self.window, self._may_close, self._may_break_off
        )
        self.dialogs = Dialogs(
            self._calls, self.standing, settings, sounds, self.conversations, self.window
        )
        self.states = ActionStates(self.window.session_actions, self)
        self.tabs = SessionTabs(
            self.window.ui.sessionTabs,
            self.window.ui.workspace,
            self._make_tab,
            self.standing,
            settings,
            self.commands.has_closed,
            self,
        )
        self.presence = Presence(self._calls, self.standing, settings, self)
        self.tray = Tray(self.window)
        self._notifications = Notifications(settings, sounds, self.tray, self.window)
        self._pane_parts = PaneParts(
            self._calls,
            self._cells,
            settings,
            self.conversations,
            self.notebook,
            Identities(),
            account.relay_route,
        )
        self._join()

    @property
    def me(self) -> Me:
        """Who the technician is and what they may do."""
        return self.standing.me

    def start(self) -> None:
        """Show the window and begin to follow the server."""
        self.window.show_account(self._account.server.url, self.me.name)
        self.window.show_notice(self._settings.notice)
        self._refresh()
        self.window.show()
        self.connection.start()

    async def aclose(self) -> None:
        """Close everything, last opened first."""
        self._ending = True
        self.tray.hide()
        close_dialogs(self.window)
        await self.jobs.aclose()
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

    # Joining the parts

    def _join(self) -> None:
        for part in (
            self.jobs,
            self.connection.jobs,
            self.commands,
            self.dialogs,
            self.tabs,
            self.conversations,
            self.notebook,
            self.presence,
        ):
            part.failed.connect(self.failed)
        self.notebook.stored.connect(self.connection.take)
        self._join_connection()
        self._join_list()
        self._join_menus()
        self.commands.changed.connect(self.connection.take)
        self.commands.refused.connect(self._on_refused)
        self.commands.mended.connect(self._on_mended)
        self.presence.refused.connect(self.window.show_notice)
        self.window.availability_button.chosen.connect(self.presence.choose)
        self.commands.transfer_requested.connect(self.dialogs.transfer)
        self.dialogs.changed.connect(self._on_session_made)
        self.tray.show_requested.connect(self.window.bring_to_front)
        self.tray.session_requested.connect(self.list.select)
        self.tray.quit_requested.connect(self._on_quit)
        self.window.close_requested.connect(self._on_quit)
        self._settings.notice_changed.connect(
            lambda: self.window.show_notice(self._settings.notice)
        )

    def _join_connection(self) -> None:
        self.connection.state_changed.connect(self._on_link)
        self.connection.changes.connect(self._on_changes)
        self.connection.loading.connect(self._on_loading)
        self.connection.loaded.connect(self._on_loaded)
        self.connection.me_changed.connect(self._on_me)
        self.connection.signed_out.connect(self._on_signed_out)
        self.connection.chat_said.connect(self.conversations.take)
        self.conversations.unseen.connect(self._on_unseen)
        self.conversations.unread_changed.connect(self.model.repaint)
        self.connection.signal_sent.connect(self.tabs.on_signal)
        self.window.ui.banner.pressed.connect(self.connection.retry_now)

    def _join_list(self) -> None:
        self.list.current_changed.connect(self._refresh)
        self.list.selected.connect(self._show_tab_of_current)
        self.tabs.chosen.connect(self._select_shown)
        self.tabs.current_changed.connect(self._refresh)
        self.window.ui.nextTabAction.triggered.connect(lambda: self.tabs.turn(1))
        self.window.ui.previousTabAction.triggered.connect(lambda: self.tabs.turn(-1))
        self.list.activated.connect(self._on_activated)
        self.list.menu_requested.connect(self._on_menu)
        self.list.new_session_requested.connect(self.dialogs.create_session)
        self.states.chosen.connect(self._on_chosen)

    def _join_menus(self) -> None:
        ui = self.window.ui
        ui.copyLinkAction.triggered.connect(self._copy_link)
        ui.copyCodeAction.triggered.connect(self._copy_code)
        ui.logAction.triggered.connect(self._show_log)
        ui.signOutAction.triggered.connect(self._on_sign_out)
        ui.quitAction.triggered.connect(self._on_quit)
        ui.refreshAction.triggered.connect(self.connection.read_again)
        ui.optionsAction.triggered.connect(self.dialogs.options)
        ui.openLogFolderAction.triggered.connect(self.dialogs.log_folder)
        ui.aboutAction.triggered.connect(self.dialogs.about)

    def _make_tab(self, session: Session) -> WorkspaceTab:
        situation = Situation(session, self.standing)
        panes = make_panes(self._pane_parts, situation)
        tab = WorkspaceTab(situation, self._cells, self._calls, panes)
        tab.chosen.connect(lambda action, session: self.commands.do(action, session, tab.window()))
        tab.changed.connect(self.connection.take)
        tab.failed.connect(self.failed)
        tab.attention_wanted.connect(lambda: self._on_question(session.id))
        return tab

    async def _may_close(self, session: Session, window: QWidget) -> bool:
        tab = self.tabs.tab(session.id)
        stake = "" if tab is None else tab.at_stake()
        return await ask_to_close(window, session, self.notebook, stake)

    async def _may_break_off(
        self, action: SessionAction, session: Session, window: QWidget
    ) -> bool:
        tab = self.tabs.tab(session.id)
        if tab is None or not tab.at_stake():
            return True
        what = self.window.session_actions[action].text().replace("&", "").rstrip("…")
        text = f"{customer_name(session)}\n{tab.at_stake()}"
        return await ask(window, what, text, what)

    def _on_refused(self, session_id: str, text: str) -> None:
        """Tell it where one looks: the session may have a window of its own."""
        self.window.show_notice(text)
        if (tab := self.tabs.tab(session_id)) is not None:
            tab.ui.message.say(text, Tone.ERROR)

    def _on_mended(self, session_id: str, text: str) -> None:
        """Take away what a refusal has put there, and nothing else."""
        if self.window.ui.noticeBanner.text == text:
            self.window.show_notice("")
        tab = self.tabs.tab(session_id)
        if tab is not None and tab.ui.message.text() == text:
            tab.ui.message.say("")

    # What the server tells

    def _on_changes(self, changed: list[Session], removed: list[str]) -> None:
        waiting: list[Session] = []
        if self.connection.complete:
            waiting = self._watch.newly_waiting(changed, self.me)
        over = self._watch.newly_over(changed, self.me)
        over = [session for session in over if not self.commands.has_closed(session.id)]
        self.list.apply(changed, removed)
        self.tabs.apply(changed, removed)
        self._refresh()
        self._notifications.call_for(waiting)
        self._notifications.tell_over(over)
        told = [*map(self._notifications.transfer_text, waiting)]
        told += map(self._notifications.over_text, over)
        if any(told):
            self.window.show_notice("\n".join(filter(None, told)), Tone.PLAIN)

    def _has(self, session_id: str) -> bool:
        """Tell whether the technician has a session, be it set aside."""
        session = self.model.session(session_id)
        return session is not None and is_mine(session, self.me)

    def _on_unseen(self, session_id: str) -> None:
        """Call for what a customer has written, unless the section's badge is before one's eyes."""
        session = self.model.session(session_id)
        if session is not None and self._has(session_id) and not self._in_sight(session_id):
            self._notifications.call_to_chat(session)

    def _on_question(self, session_id: str) -> None:
        """Call for a question about a customer's files, unless the badge is before one's eyes."""
        session = self.model.session(session_id)
        if session is not None and not self._in_sight(session_id):
            self._notifications.call_to_question(session)

    def _in_sight(self, session_id: str) -> bool:
        tab = self.tabs.tab(session_id)
        return tab is not None and tab.window().isActiveWindow()

    def _on_loading(self, count: int) -> None:
        self.window.show_progress(self.tr("Reading sessions: {0}").format(count))

    def _on_loaded(self) -> None:
        self.list.set_loading(False)
        self.window.show_progress("")

    def _on_me(self, me: Me) -> None:
        self.standing.me = me
        self.window.show_account(self._account.server.url, me.name)
        self._refresh()

    def _on_link(self, state: LinkState) -> None:
        offline = self.connection.offline
        text = ""
        if offline is not None:
            text = offline_text(offline.why)
        self.window.show_link(state, text)
        self.standing.online = state is LinkState.ONLINE
        self._refresh()

    def _on_signed_out(self, ended: SignedOut) -> None:
        if not self._ending:
            self._ending = True
            self.jobs.start(self._forget(ended), "forget sign-in")

    async def _forget(self, ended: SignedOut) -> None:
        await Jobs.in_thread(self._account.forget)
        self.signed_out.emit(ended)

    # What the person does

    def _refresh(self) -> None:
        """Bring the actions and the counts in step with what there is."""
        session = self.list.current
        self.states.show(session, self.me, online=self.standing.online, helping=self.tabs.active)
        self._offer_to_close_tab()
        self.window.availability_button.show_availability(
            away=self.me.away,
            busy=self.tabs.active >= self.me.settings.max_active_sessions,
            online=self.standing.online,
        )
        self.list.set_may_create(self.window.ui.newSessionAction.isEnabled())
        for action in (
            self.window.ui.copyLinkAction,
            self.window.ui.copyCodeAction,
            self.window.ui.logAction,
        ):
            action.setEnabled(session is not None)
        counts = self.model.counts
        waiting = counts[SessionStatus.WAITING.value]
        open_sessions = sum(counts[status.value] for status in Shown.OPEN.value)
        self.window.show_counts(waiting, counts[SessionStatus.ACTIVE.value], open_sessions)
        self.tray.set_waiting(waiting)

    @property
    def _ended(self) -> Session | None:
        """The session with an ended workspace that is selected, or open while none is selected."""
        session = self.list.current or self.tabs.current
        return session if session is not None and self.tabs.has_ended(session.id) else None

    def _offer_to_close_tab(self) -> None:
        if self._ended is not None:
            action, text = self.window.ui.closeAction, self.tr("Close tab")
            action.setEnabled(True)
            action.setToolTip(text)
            action.setStatusTip(text)

    def _on_chosen(self, action: SessionAction) -> None:
        if action is SessionAction.CLOSE and self._ended is not None:
            self.tabs.close(self._ended.id)
            self._refresh()
            return
        if action is SessionAction.NEW_SESSION:
            self.dialogs.create_session()
        elif (session := self.list.current) is not None:
            self.commands.do(action, session)

    def _on_activated(self, session: Session | None) -> None:
        """Start the session or, when it is active already, go to its tab."""
        if session is None or self.tabs.show(session.id):
            return
        if self.window.ui.startAction.isEnabled():
            self.commands.do(SessionAction.START, session)

    def _on_menu(self, place: QPoint) -> None:
        self.window.show_session_menu(place)

    def _show_tab_of_current(self) -> None:
        if (session := self.list.current) is not None:
            self.tabs.show(session.id)

    def _on_session_made(self, session: Session) -> None:
        self.connection.take(session)
        self.list.select(session.id)

    def _select_shown(self, session_id: str) -> None:
        """Let the toolbar concern the session whose tab was clicked, shown or not."""
        self.list.select(session_id, reveal=False)
        chosen = self.list.current
        if self.tabs.has_ended(session_id) and chosen is not None and chosen.id != session_id:
            self.list.select_none()

    def _copy_link(self) -> None:
        if (session := self.list.current) is not None:
            QGuiApplication.clipboard().setText(session.link)
            self.window.ui.statusBar.showMessage(self.tr("The link is in the clipboard."), 5000)

    def _copy_code(self) -> None:
        if (session := self.list.current) is not None:
            QGuiApplication.clipboard().setText(session.code)
            self.window.ui.statusBar.showMessage(self.tr("The code is in the clipboard."), 5000)

    def _show_log(self) -> None:
        if (session := self.list.current) is not None:
            self.dialogs.session_log(session)

    def _on_sign_out(self) -> None:
        self.jobs.start(self._sign_out(), "sign out")

    async def _sign_out(self) -> None:
        if await self._may_leave(self.tr("Sign out")) and not self._ending:
            self._ending = True
            await Jobs.in_thread(self._account.sign_out)
            self.signed_out.emit(None)

    def _on_quit(self) -> None:
        self.jobs.start(self._quit(), "quit")

    async def _quit(self) -> None:
        if await self._may_leave(self.tr("Quit")):
            self.quit_requested.emit()

    async def _may_leave(self, what: str) -> bool:
        stakes = [self._helping_text, self.tabs.at_stake, self._unsent_text]
        text = "\n\n".join(filter(None, stakes))
        return not text or await ask(self.window, what, text, what)

    @property
    def _helping_text(self) -> str:
        helping = self.tabs.open_sessions
        text = self.tr(
            "You have active sessions: {0}. They stay active on the server, and nobody helps these "
            "customers until you are back or a colleague takes over."
        )
        return text.format(helping) if helping else ""

    @property
    def _unsent_text(self) -> str:
        unsent = self.conversations.on_the_way
        text = self.tr(
            "Chat messages that have not been sent: {0}. They are kept on this computer and sent "
            "after you have signed in again."
        )
        return text.format(unsent) if unsent else ""
