"""The console's end of the connection by which files go to and from the page, without the applet.

It is a WebRTC connection of its own, not the picture's, and shows the same certificate, so that
one security code stands for all. To the section it is what the channel to the applet is.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from rescue_console.desktop.media.base import BadDescription, Hindrance, Step
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.workspace.files.page_events import PageFilesSignals
from rescue_console.desktop.workspace.screen.viewing import UNANSWERED_MAX, Failure
from rescue_console.desktop.workspace.section.asking import consent_of
from rescue_console.network.errors import ClientError
from rescue_console.network.pauses import growing_pauses
from rescue_console.protocol.channel import Message
from rescue_console.protocol.page_files import PageFileMessage
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.requests import SendSignal
from rescue_console.protocol.signals import Signal as SessionSignal
from rescue_console.protocol.signals import SignalKind
from rescue_console.protocol.statuses import PAGE_LINKED, SessionStatus

if TYPE_CHECKING:
    from rescue_console.desktop.link.calls import Calls
    from rescue_console.desktop.media.page_files import PageFiles
    from rescue_console.desktop.workspace.section.identity import Identity
    from rescue_console.protocol.answers import IceServer, Session

LONGEST_PAUSE_S = 15.0
OFFER_WITHIN_MS = 5_000
"""How long the page's offer may take to come by itself, or after it has been asked for."""

BESIDE_PICTURE_BYTES_PER_S = 700_000
"""How fast files go while a screen is seen, which comes first: aiortc's own work for
more than that takes frames away. Source: benchmarks/bench_page_files.py."""

_log = logging.getLogger(__name__)


class PageLink(QObject):
    """Keeps the connection while files are granted and no applet is there.

    Signals:
        opened: The page is at the other end; whoever has begun something begins it again.
        closed: It no longer is.
        received: A ``PageFileMessage``; hostile, but well formed.
        failure_changed: ``failure`` has another value.
        reloaded: The page that comes is not the one of before: it has forgotten everything.
        failed: Something happened that is a fault of this program, already logged.
    """

    opened = Signal()
    closed = Signal()
    received = Signal(object)
    failure_changed = Signal()
    reloaded = Signal()
    failed = Signal(object)

    def __init__(
        self, session_id: str, calls: Calls, identity: Identity, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session_id = session_id
        self._calls = calls
        self._identity = identity
        self._jobs = Jobs(self)
        self._jobs.failed.connect(self.failed)
        self._files: PageFiles | None = None
        self._wanted = False
        self._known = False
        self._active = False
        self._online = True
        self._number = 0
        self._page = ""
        self._pace: float | None = None
        self._unanswered = 0
        self.failure: Failure | None = None
        """At which step the last attempt failed; ``None`` before, and once it is open."""
        self._turn = asyncio.Lock()
        self._pauses = _new_pauses()
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._ask_for_offer)
        self._events = self._make_events()
        self.is_open = False

    def _make_events(self) -> PageFilesSignals:
        events = PageFilesSignals(self)
        queued = Qt.ConnectionType.QueuedConnection
        events.opened.connect(self._on_opened, queued)
        events.arrived.connect(self._on_arrived, queued)
        events.lost.connect(self._on_lost, queued)
        return events

    @property
    def code(self) -> str:
        """The security code that the page shows too, once the connection has been open."""
        return self._identity.code

    # What is told

    def set_session(self, session: Session) -> None:
        """Begin or end the connection as the session's newest state asks for."""
        first, self._known = not self._known, True
        self._active = session.status is SessionStatus.ACTIVE
        wanted = _needs_link(session)
        if wanted and not self._wanted:
            # Who has just agreed offers by themselves; a console that has just come asks.
            self._again.start(0 if first else OFFER_WITHIN_MS)
        self._wanted = wanted
        self._set_pace(seen=consent_of(session, Power.VIEW) is Consent.GRANTED)
        if not wanted:
            self._end()

    def set_online(self, online: bool) -> None:
        """Ask again at once when the server is back."""
        came_back = online and not self._online
        self._online = online
        if came_back and self._again.isActive():
            self._again.start(0)

    def on_signal(self, signal: SessionSignal) -> None:
        """Take what the customer's page sent; only of somebody who has agreed."""
        if not self._wanted:
            return
        match signal.kind:
            case SignalKind.FILES_OFFER:
                self._again.stop()
                self._unanswered = 0
                self._number += 1
                self._jobs.start(self._answer(self._number, signal.body), "answer the page")
            case SignalKind.FILES_CANDIDATE:
                self._jobs.start(self._add_candidate(signal.body), "take a candidate")
            case SignalKind.FILES_ENDED:
                self._lose(OFFER_WITHIN_MS)
            case _:
                pass

    # What goes and comes

    def post(self, message: Message) -> None:
        """Send a ``PageFileMessage`` without waiting; dropped while the link is not open."""
        if self._files is not None and self.is_open:
            self._files.post(_checked(message))

    async def send(self, message: Message) -> None:
        """Send a ``PageFileMessage`` when there is room; dropped while the link is not open."""
        if self._files is not None and self.is_open:
            await self._files.send(_checked(message))

    async def aclose(self) -> None:
        """End the connection."""
        self._wanted = False
        self._end()
        await self._jobs.aclose()
        async with self._turn:
            files, self._files = self._files, None
            if files is not None:
                await files.aclose()

    # The connection

    async def _answer(self, number: int, offer: str) -> None:
        # Offers and candidates are taken one after the other, in the order in which they came.
        async with self._turn:
            if number != self._number:
                return
            self._set_open(open_now=False)
            try:
                answer = await self._connect(number, offer)
            except BadDescription as error:
                _log.warning("The page's offer was not taken: %s", error)
                self._on_lost(number)
                return
            except Exception:
                # A fault is told by the job; the page's next offer may do all the same.
                self._on_lost(number)
                raise
            if number == self._number and not await self._signal(SignalKind.FILES_ANSWER, answer):
                self._on_lost(number)

    async def _connect(self, number: int, offer: str) -> str:
        servers = await self._ice_servers()
        if self._files is None:
            self._files = await self._make_files()
        return await self._files.connect(number, offer, servers)

    async def _make_files(self) -> PageFiles:
        certificate = await self._identity.certificate()
        await Jobs.in_thread(_load)
        from rescue_console.desktop.media.page_files import PageFiles

        made = PageFiles(certificate, self._events)
        made.set_pace(self._pace)
        return made

    async def _ice_servers(self) -> list[IceServer]:
        try:
            return (await self._calls.ice_servers(self._session_id)).items
        except ClientError as error:
            _log.info("The STUN and TURN servers are not known: %s", error)
            return []

    async def _add_candidate(self, body: str) -> None:
        async with self._turn:
            if self._files is not None:
                with suppress(BadDescription):  # others may do
                    await self._files.add_candidate(body)

    async def _signal(self, kind: SignalKind, body: str = "") -> bool:
        try:
            await self._calls.send_signal(self._session_id, SendSignal(kind=kind, body=body))
        except ClientError as error:
            _log.info("The customer's page was not told %s: %s", kind, error)
            return False
        return True

    def _end(self) -> None:
        self._again.stop()
        self._pauses = _new_pauses()
        self._unanswered = 0
        self._set_failure(None)
        self._disconnect()

    def _disconnect(self) -> None:
        self._number += 1
        self._set_open(open_now=False)
        if self._files is not None:
            self._jobs.start(self._disconnect_files(self._number), "end the page's connection")

    async def _disconnect_files(self, number: int) -> None:
        async with self._turn:
            if self._files is not None and number == self._number:
                await self._files.disconnect()

    def _lose(self, again_ms: int) -> None:
        self._disconnect()
        self._again.start(again_ms)

    def _ask_for_offer(self) -> None:
        """Tell the page that this side is ready, until an offer comes."""
        self._again.start(round(next(self._pauses) * 1000) + OFFER_WITHIN_MS)
        if self._online and self._active:
            self._unanswered += 1
            if self._unanswered > UNANSWERED_MAX:
                self._set_failure(Failure(Step.SIGNALLING))
            self._jobs.start(self._signal(SignalKind.FILES_READY), "ask the page for an offer")

    def _set_pace(self, *, seen: bool) -> None:
        self._pace = BESIDE_PICTURE_BYTES_PER_S if seen else None
        if self._files is not None:
            self._files.set_pace(self._pace)

    # What the connection tells

    def _on_opened(self, number: int, page: str) -> None:
        if number != self._number:
            return
        self._pauses = _new_pauses()
        self._set_failure(None)
        earlier, self._page = self._page, page
        if earlier and earlier != page:
            self.reloaded.emit()
        self._set_open(open_now=True)

    def _on_arrived(self, number: int) -> None:
        if self._files is None or number != self._number:
            return
        message: PageFileMessage
        for message in self._files.take():
            if self.is_open:
                self.received.emit(message)

    def _on_lost(
        self,
        number: int,
        step: Step = Step.SIGNALLING,
        hindrance: Hindrance = Hindrance.UNKNOWN,
    ) -> None:
        if number == self._number and self._wanted:
            self._set_failure(Failure(step, hindrance))
            self._lose(round(next(self._pauses) * 1000))

    def _set_failure(self, failure: Failure | None) -> None:
        if failure != self.failure:
            self.failure = failure
            self.failure_changed.emit()

    def _set_open(self, *, open_now: bool) -> None:
        if open_now == self.is_open:
            return
        self.is_open = open_now
        if open_now:
            self.opened.emit()
        else:
            self.closed.emit()


def _needs_link(session: Session) -> bool:
    granted = consent_of(session, Power.FILES) is Consent.GRANTED
    # While the customer's side is reconnecting their page may well still be there.
    return granted and not session.applet and session.status in PAGE_LINKED


def _checked(message: Message) -> PageFileMessage:
    """Return *message* as one that a page takes; nobody here has others for it."""
    assert isinstance(message, PageFileMessage)
    return message


def _load() -> None:
    """Load the connection's code on a thread: it takes half a second."""
    import rescue_console.desktop.media.page_files  # noqa: F401


def _new_pauses() -> Iterator[float]:
    return growing_pauses(random.random, longest_s=LONGEST_PAUSE_S)
