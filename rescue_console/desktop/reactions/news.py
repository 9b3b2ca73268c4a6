"""Passes news from the server on to the list, the tabs and the technician."""

from functools import partial

from PySide6.QtCore import QObject

from rescue_console.desktop.actions.commands import SessionCommands
from rescue_console.desktop.link.connection import Connection, LinkState
from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.reactions.overview import Overview
from rescue_console.desktop.session_list.model import SessionModel
from rescue_console.desktop.session_list.waiting_watch import WaitingWatch
from rescue_console.desktop.window.main import MainWindow
from rescue_console.desktop.window.notifications import Notifications
from rescue_console.desktop.window.tabs import SessionTabs
from rescue_console.desktop.words.error import offline_text
from rescue_console.desktop.words.plain_way import plain_way_text
from rescue_console.protocol.answers import Me, Session


class News(QObject):
    """Listens to the ``Connection`` and passes on what it reports."""

    def __init__(
        self,
        connection: Connection,
        standing: Standing,
        window: MainWindow,
        model: SessionModel,
        tabs: SessionTabs,
        commands: SessionCommands,
        overview: Overview,
        notifications: Notifications,
    ) -> None:
        super().__init__(window)
        self._connection = connection
        self._standing = standing
        self._window = window
        self._list = window.ui.sessionList
        self._watch = WaitingWatch(model.session)
        self._tabs = tabs
        self._commands = commands
        self._overview = overview
        self._notifications = notifications
        connection.state_changed.connect(self._on_link)
        connection.way_changed.connect(self._on_way)
        connection.changes.connect(self._on_changes)
        connection.loading.connect(self._on_loading)
        connection.loaded.connect(self._on_loaded)
        connection.me_changed.connect(self._on_me)
        connection.signal_sent.connect(tabs.on_signal)

    def _on_changes(self, changed: list[Session], removed: list[str]) -> None:
        waiting, over = self._worth_telling(changed)
        self._list.apply(changed, removed)
        self._tabs.apply(changed, removed)
        self._overview.refresh()
        self._tell(waiting, over)

    def _worth_telling(self, changed: list[Session]) -> tuple[list[Session], list[Session]]:
        """Return the sessions that have begun to wait, and those that ended but not from here."""
        me = self._standing.me
        waiting = self._watch.newly_waiting(changed, me) if self._connection.complete else []
        over = self._watch.newly_over(changed, me)
        return waiting, [each for each in over if not self._commands.has_closed(each.id)]

    def _tell(self, waiting: list[Session], over: list[Session]) -> None:
        self._notifications.call_for(waiting)
        self._notifications.tell_over(over)
        notices = [*map(self._notifications.transfer_text, waiting)]
        notices += map(self._notifications.over_text, over)
        if any(notices):
            self._window.show_notice("\n".join(filter(None, notices)), Tone.PLAIN)

    def _on_loading(self, count: int) -> None:
        self._window.show_progress(self.tr("Reading sessions: {0}").format(count))

    def _on_loaded(self) -> None:
        self._list.set_loading(False)
        self._window.show_progress("")

    def _on_me(self, me: Me) -> None:
        self._standing.me = me

    def _on_link(self, state: LinkState) -> None:
        offline = self._connection.offline
        self._window.show_link(
            state, str if offline is None else partial(offline_text, offline.why, offline.proxy)
        )
        self._standing.online = state is LinkState.ONLINE

    def _on_way(self) -> None:
        way = self._connection.way
        self._standing.plain = way.plain
        self._window.show_way(partial(plain_way_text, way.proxy) if way.plain else str)
