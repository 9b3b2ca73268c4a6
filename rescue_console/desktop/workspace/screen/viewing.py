"""Keeps the picture of one session coming: answers offers, and asks for new ones after a loss.

It decides and shows nothing: the section follows ``state_changed`` and ``picture_came``.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from rescue_console.desktop.media.base import (
    BadDescription,
    Hindrance,
    MediaEngine,
    RecordingFailed,
    Step,
)
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.workspace.screen.engine_events import EngineSignals
from rescue_console.network.errors import ClientError
from rescue_console.network.pauses import growing_pauses
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.requests import SendSignal
from rescue_console.protocol.signals import Signal as SessionSignal
from rescue_console.protocol.signals import SignalKind
from rescue_console.protocol.statuses import SessionStatus

if TYPE_CHECKING:
    from rescue_console.desktop.link.calls import Calls
    from rescue_console.protocol.answers import IceServer, Session

LONGEST_PAUSE_S = 15.0
OFFER_WITHIN_MS = 5_000
"""How long an offer may take to come by itself, or after it has been asked for."""

UNANSWERED_MAX = 2
"""How often an offer is asked for before the technician is told that the page does not answer."""

EngineMaker = Callable[[EngineSignals], Awaitable[MediaEngine]]
_log = logging.getLogger(__name__)


class ViewState(Enum):
    """Where seeing the customer's screen stands."""

    NOT_ASKED = auto()
    ASKED = auto()
    DENIED = auto()
    CONNECTING = auto()
    SHOWN = auto()
    PAUSED = auto()
    """By the customer."""
    CHOOSING = auto()
    """The customer's page has lost the picture: they must choose again what to show."""
    TRYING_AGAIN = auto()
    """The connection failed or broke off."""


@dataclass(frozen=True)
class Failure:
    """At which step the last attempt failed, and what is known of why."""

    step: Step
    hindrance: Hindrance = Hindrance.UNKNOWN


@dataclass(frozen=True)
class ViewSituation:
    """Where seeing the screen stands.

    Attributes:
        step: How far the connection has come.
        failure: Of the attempt before; kept until the picture comes.
        online: Whether the server can be reached.
    """

    state: ViewState = ViewState.NOT_ASKED
    step: Step = Step.SIGNALLING
    failure: Failure | None = None
    online: bool = True

    @property
    def may_try_again(self) -> bool:
        """Whether it makes sense to try again before the pause is over."""
        connecting = self.state in (ViewState.CONNECTING, ViewState.TRYING_AGAIN)
        return connecting and self.online and self.failure is not None


class Viewing(QObject):
    """One session's picture.

    Signals:
        changed: ``situation`` has another value.
        picture_came: The engine has a new picture.
        connected: A new connection has been answered.
        recording_ended: Why the recording ended by itself.
    """

    changed = Signal()
    picture_came = Signal()
    connected = Signal()
    recording_ended = Signal(str)

    def __init__(
        self,
        calls: Calls,
        make_engine: EngineMaker,
        jobs: Jobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._calls = calls
        self._make_engine = make_engine
        self._jobs = jobs
        self._session: Session | None = None
        self._consent = Consent.NONE
        self._online = True
        self._failure: Failure | None = None
        self._unanswered = 0
        self._number = 0
        self._turn = asyncio.Lock()
        self._pauses = _new_pauses()
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._ask_for_offer)
        self._events = self._make_events()
        self.engine: MediaEngine | None = None
        """Made when the first offer comes."""
        self.situation = ViewSituation()

    def _make_events(self) -> EngineSignals:
        events = EngineSignals(self)
        queued = Qt.ConnectionType.QueuedConnection
        events.step.connect(self._on_step, queued)
        events.lost.connect(self._on_lost, queued)
        events.picture.connect(self._on_picture, queued)
        events.recording_ended.connect(self.recording_ended, queued)
        return events

    # What is told

    def set_session(self, session: Session) -> None:
        """Follow the customer's consent."""
        first = self._session is None
        self._session = session
        before, self._consent = self._consent, session.consents.get(Power.VIEW, Consent.NONE)
        if self._consent is before and not first:
            return
        self._failure = None
        self._unanswered = 0
        match self._consent:
            case Consent.GRANTED:
                self._show(ViewState.CONNECTING, Step.SIGNALLING)
                # Who has just agreed offers by themselves; a console that has just come asks.
                self._again.start(0 if first else OFFER_WITHIN_MS)
            case Consent.ASKED:
                self._end(ViewState.ASKED)
            case Consent.DENIED:
                self._end(ViewState.DENIED)
            case Consent.NONE:
                self._end(ViewState.NOT_ASKED)

    def set_online(self, online: bool) -> None:
        """Ask again at once when the server is back."""
        came_back = online and not self._online
        self._online = online
        self._show(self.situation.state, self.situation.step)
        if came_back and self._again.isActive():
            self._again.start(0)

    def try_again(self) -> None:
        """Ask for the picture now rather than after the pause."""
        if self._consent is Consent.GRANTED:
            self._pauses = _new_pauses()
            self._ask_for_offer()

    def on_signal(self, signal: SessionSignal) -> None:
        """Take what the customer's page sent; only of somebody who has agreed."""
        if self._consent is not Consent.GRANTED:
            return
        match signal.kind:
            case SignalKind.OFFER:
                self._again.stop()
                self._unanswered = 0
                self._number += 1
                self._jobs.start(self._answer(self._number, signal.body), "answer an offer")
            case SignalKind.CANDIDATE:
                self._jobs.start(self._add_candidate(signal.body), "take a candidate")
            case SignalKind.VIEW_ENDED:
                self._on_ended_there(signal.body)
            case _:
                pass

    async def signal(self, kind: SignalKind, body: str = "") -> bool:
        """Send something to the customer's page; return whether the server took it."""
        if self._session is None:
            return False
        try:
            await self._calls.send_signal(self._session.id, SendSignal(kind=kind, body=body))
        except ClientError as error:
            _log.info("The customer's page was not told %s: %s", kind, error)
            return False
        return True

    async def aclose(self) -> None:
        """End the picture."""
        self._again.stop()
        self._number += 1
        async with self._turn:
            engine, self.engine = self.engine, None
            if engine is not None:
                try:
                    await engine.aclose()
                except RecordingFailed as error:
                    _log.warning("A recording could not be finished: %s", error)

    # The connection

    async def _answer(self, number: int, offer: str) -> None:
        # Offers and candidates are taken one after the other, in the order in which they came.
        async with self._turn:
            if number != self._number:
                return
            self._show(ViewState.CONNECTING, Step.SIGNALLING)
            try:
                answer = await self._connect(number, offer)
            except BadDescription as error:
                _log.warning("An offer was not taken: %s", error)
                self._on_lost(number, Step.SIGNALLING)
                return
            except Exception:
                # A fault of this program, told by the job, must not be the end of trying.
                self._on_lost(number, Step.SIGNALLING)
                raise
            if number != self._number:
                return
            if not await self.signal(SignalKind.ANSWER, answer):
                self._on_lost(number, Step.SIGNALLING)
                return
        self.connected.emit()

    async def _connect(self, number: int, offer: str) -> str:
        servers = await self._ice_servers()
        if self.engine is None:
            self.engine = await self._make_engine(self._events)
        return await self.engine.connect(number, offer, servers)

    async def _ice_servers(self) -> list[IceServer]:
        assert self._session is not None
        try:
            return (await self._calls.ice_servers(self._session.id)).items
        except ClientError as error:
            _log.info("The STUN and TURN servers are not known: %s", error)
            return []

    async def _add_candidate(self, body: str) -> None:
        async with self._turn:
            if self.engine is None:
                return
            with suppress(BadDescription):  # others may do
                await self.engine.add_candidate(body)

    def _end(self, state: ViewState) -> None:
        self._again.stop()
        self._number += 1
        self._pauses = _new_pauses()
        self._jobs.start(self._disconnect(), "end the picture")
        self._show(state)

    async def _disconnect(self) -> None:
        async with self._turn:
            if self.engine is not None and self._consent is not Consent.GRANTED:
                await self.engine.disconnect()

    def _on_ended_there(self, why: str) -> None:
        self._number += 1
        self._again.stop()
        self._failure = None
        match why:
            case "paused":
                self._show(ViewState.PAUSED)
            case "reloaded":
                self._show(ViewState.CHOOSING)
            case _:
                self._show(ViewState.TRYING_AGAIN)
                self._again.start(OFFER_WITHIN_MS)

    def _ask_for_offer(self) -> None:
        """Tell the page that this side is ready, until an offer comes."""
        if self._online:
            self._unanswered += 1
        if self._unanswered > UNANSWERED_MAX:
            self._failure = Failure(Step.SIGNALLING)
            self._show(ViewState.TRYING_AGAIN)
        self._again.start(round(next(self._pauses) * 1000) + OFFER_WITHIN_MS)
        session = self._session
        if session is not None and self._online and session.status is SessionStatus.ACTIVE:
            self._jobs.start(self.signal(SignalKind.VIEW_READY), "ask for an offer")

    # What the engine tells

    def _on_step(self, number: int, step: Step) -> None:
        if number != self._number:
            return
        if step is Step.SHOWN:
            self._pauses = _new_pauses()
            self._failure = None
            self._show(ViewState.SHOWN, step)
        else:
            self._show(ViewState.CONNECTING, step)

    def _on_lost(self, number: int, step: Step, hindrance: Hindrance = Hindrance.UNKNOWN) -> None:
        if number == self._number and self._consent is Consent.GRANTED:
            self._number += 1
            self._failure = Failure(step, hindrance)
            self._show(ViewState.TRYING_AGAIN, step)
            self._again.start(round(next(self._pauses) * 1000))

    def _on_picture(self) -> None:
        # Of whichever connection: the engine tells of no other one before this one is taken.
        self.picture_came.emit()

    def _show(self, state: ViewState, step: Step = Step.SIGNALLING) -> None:
        situation = ViewSituation(state, step, self._failure, self._online)
        if situation != self.situation:
            self.situation = situation
            self.changed.emit()


def _new_pauses() -> Iterator[float]:
    return growing_pauses(random.random, longest_s=LONGEST_PAUSE_S)
