"""The bridge from the server's events to Qt: the only way by which they reach the windows.

Changes are gathered for one frame and emitted in a batch, so that a storm of events costs one
repaint.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextlib import aclosing
from enum import Enum, auto

from PySide6.QtCore import QObject, QTimer, Signal

from rescue_console.client.api import RescueApi
from rescue_console.client.events import Connecting, EventStream, Happening, Offline, Way
from rescue_console.client.server_clock import ServerClock
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.network.errors import ClientError, SignedOut
from rescue_console.protocol.answers import Email, Session, SessionPage
from rescue_console.protocol.events import (
    ChatSaid,
    EmailChanged,
    Hello,
    MeChanged,
    SessionChanged,
    SessionRemoved,
    SignalSent,
)

FRAME_MS = 16
AGAIN_S = 3.0
"""Pause before a collection is read again after a failure, in seconds."""

_log = logging.getLogger(__name__)


class LinkState(Enum):
    """The state of the connection to the server."""

    CONNECTING = auto()
    ONLINE = auto()
    OFFLINE = auto()


class Connection(QObject):
    """Follows one sign-in's events and reads the collections when events may have been missed.

    Signals:
        state_changed: A ``LinkState``.
        way_changed: No WebSocket gets through to the server, or one does again: see ``way``.
        changes: New or changed sessions, and ids of removed ones; each id once.
        loading: How many sessions have been read so far.
        loaded: All sessions have been read.
        me_changed: The ``Me`` that applies from now on.
        signed_out: The sign-in has ended, with the ``SignedOut`` that says why.
        chat_said: A ``ChatMessage`` was written, by either side.
        signal_sent: The customer's side of the session with this id sent a ``protocol`` ``Signal``;
            earlier changes to the session have been emitted.

    Args:
        known: Returns the session with an id, or ``None`` if the list does not hold it.
        known_ids: Returns the ids of all sessions that the list holds.
    """

    state_changed = Signal(object)
    way_changed = Signal()
    changes = Signal(list, list)
    loading = Signal(int)
    loaded = Signal()
    me_changed = Signal(object)
    signed_out = Signal(object)
    chat_said = Signal(object)
    signal_sent = Signal(str, object)

    def __init__(
        self,
        api: RescueApi,
        stream: EventStream,
        clock: ServerClock,
        known: Callable[[str], Session | None],
        known_ids: Callable[[], Iterable[str]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._api = api
        self._stream = stream
        self._clock = clock
        self._known = known
        self._known_ids = known_ids
        self.jobs = Jobs(self)
        self.state = LinkState.CONNECTING
        self.offline: Offline | None = None
        """Why the connection is down and when it is tried again; ``None`` while it is up."""
        self.way = Way(plain=False)
        """How events come."""
        self.complete = False
        """Whether all sessions have been read once."""
        self._pending: dict[str, Session | None] = {}
        self._touched: dict[str, int] = {}
        self._visible_groups: frozenset[str] | None = None
        self._load: asyncio.Task[None] | None = None
        self._frame = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._frame.timeout.connect(self._emit_changes)

    def start(self) -> None:
        """Begin to follow the server."""
        self.jobs.start(self._follow(), "event stream")

    def retry_now(self) -> None:
        """Try to connect at once instead of at the end of the pause."""
        self._stream.retry_now()

    def add_session(self, session: Session) -> None:
        """Add the session that a call returned, often before its event arrives."""
        self._pending[session.id] = session
        self._emit_changes()

    def read_again(self) -> None:
        """Read all sessions and permissions again, as a precaution."""
        if self.state is LinkState.ONLINE:
            self._read_all()
            self.refresh_me()

    def refresh_me(self) -> None:
        """Read again who is signed in and what they may do."""
        self.jobs.start(self._read_me(), "read me")

    async def aclose(self) -> None:
        """Stop following."""
        self._frame.stop()
        await self.jobs.aclose()

    async def _follow(self) -> None:
        try:
            async with aclosing(self._stream.follow()) as happenings:
                async for happening in happenings:
                    self._on_happening(happening)
        except SignedOut as ended:
            self._set_state(LinkState.OFFLINE)
            self.signed_out.emit(ended)

    def _on_happening(self, happening: Happening) -> None:
        match happening:
            case Connecting():
                if self.offline is None:
                    self._set_state(LinkState.CONNECTING)
            case Offline():
                self.offline = happening
                self._set_state(LinkState.OFFLINE)
            case Way():
                self.way = happening
                self.way_changed.emit()
            case Hello():
                self._begin(happening)
            case SessionChanged():
                self._note(happening.session.id, happening.session, happening.number)
            case SessionRemoved():
                self._note(happening.session_id, None, happening.number)
            case EmailChanged():
                self._add_email(happening.email, happening.number)
            case MeChanged():
                self.refresh_me()
            case ChatSaid():
                self.chat_said.emit(happening.message)
            case SignalSent():
                if happening.session_id in self._pending:
                    self._emit_changes()
                self.signal_sent.emit(happening.session_id, happening.signal)

    def _begin(self, hello: Hello) -> None:
        self.offline = None
        self._clock.set(hello.server_time)
        self._set_state(LinkState.ONLINE)
        if not hello.resumed or not self.complete:
            self._read_all()
            self.refresh_me()

    def _set_state(self, state: LinkState) -> None:
        self.state = state
        self.state_changed.emit(state)

    # Changes

    def _note(self, session_id: str, session: Session | None, number: int) -> None:
        self._pending[session_id] = session
        self._touched[session_id] = number
        if not self._frame.isActive():
            self._frame.start()

    def _add_email(self, email: Email, number: int) -> None:
        """Put an e-mail into its session, which shows only the latest."""
        session = self._pending.get(email.session_id) or self._known(email.session_id)
        if session is None:
            return
        shown = session.email
        if shown is None or shown.id == email.id or shown.created_at <= email.created_at:
            session.email = email
            self._note(session.id, session, number)

    def _emit_changes(self) -> None:
        pending, self._pending = self._pending, {}
        changed = [session for session in pending.values() if session is not None]
        removed = [session_id for session_id, session in pending.items() if session is None]
        if changed or removed:
            self.changes.emit(changed, removed)

    # Collections

    def _read_all(self) -> None:
        if self._load is not None:
            self._load.cancel()
        self._load = self.jobs.start(self._load_sessions(), "load sessions")

    async def _load_sessions(self) -> None:
        try:
            await self._load_pages()
        except SignedOut as ended:
            self.signed_out.emit(ended)

    async def _load_pages(self) -> None:
        """Read all pages; an event that arrives meanwhile is newer than an earlier page."""
        self._touched.clear()
        seen: set[str] = set()
        cursor: str | None = None
        while True:
            page = await self._page(cursor)
            seen.update(session.id for session in page.items)
            self._add_page(page)
            self.loading.emit(len(seen))
            cursor = page.next
            if cursor is None:
                break
        missing = [each for each in self._known_ids() if each not in seen]
        for gone in missing:
            if gone not in self._touched:
                self._pending[gone] = None
        self._emit_changes()
        self.complete = True
        self.loaded.emit()

    async def _page(self, cursor: str | None) -> SessionPage:
        while True:
            try:
                return await Jobs.in_thread(self._api.sessions, cursor)
            except SignedOut:
                raise
            except ClientError as error:
                _log.info("A page of sessions could not be read: %s", error)
                await asyncio.sleep(AGAIN_S)

    def _add_page(self, page: SessionPage) -> None:
        for session in page.items:
            if self._touched.get(session.id, -1) <= page.event_number:
                self._pending[session.id] = session
        self._emit_changes()

    async def _read_me(self) -> None:
        while True:
            try:
                me = await Jobs.in_thread(self._api.me)
                break
            except SignedOut as ended:
                self.signed_out.emit(ended)
                return
            except ClientError as error:
                _log.info("The permissions could not be read: %s", error)
                await asyncio.sleep(AGAIN_S)
        self._clock.set(me.server.time)
        visible = frozenset(me.visible_groups)
        if self._visible_groups not in (None, visible):
            self._read_all()
        self._visible_groups = visible
        self.me_changed.emit(me)
