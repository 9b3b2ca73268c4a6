"""Keeps the picture of one session coming, and reports how far that has got.

It shows nothing itself: the section follows ``changed`` and ``picture_came``.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from rescue_console.desktop.media.base import Failure, MediaEngine, RecordingFailed, Step
from rescue_console.desktop.workspace.screen.engine_events import EngineSignals
from rescue_console.desktop.workspace.section.asking import consent_of, hindrance_of
from rescue_console.desktop.workspace.section.negotiation import Negotiation, SignalKinds
from rescue_console.protocol.hindrances import PowerHindrance
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.signals import Signal as SessionSignal
from rescue_console.protocol.signals import SignalKind

if TYPE_CHECKING:
    from rescue_console.desktop.link.calls import Calls
    from rescue_console.desktop.program.jobs import Jobs
    from rescue_console.desktop.workspace.section.identity import Identity
    from rescue_console.protocol.answers import Session

_KINDS = SignalKinds(
    offer=SignalKind.OFFER,
    answer=SignalKind.ANSWER,
    candidate=SignalKind.CANDIDATE,
    ready=SignalKind.VIEW_READY,
)
EngineMaker = Callable[[EngineSignals], Awaitable[MediaEngine]]
_log = logging.getLogger(__name__)


class ViewState(Enum):
    """How far viewing the customer's screen has got."""

    NOT_ASKED = auto()
    ASKED = auto()
    DENIED = auto()
    CONNECTING = auto()
    SHOWN = auto()
    PAUSED = auto()
    """The customer has paused the picture."""
    CHOOSING = auto()
    """The customer's page has lost the picture: they must choose again what to show."""
    TRYING_AGAIN = auto()
    """The connection failed or broke off."""
    ELSEWHERE = auto()
    """Another console of this technician has the picture."""


_STATES = {
    Consent.NONE: ViewState.NOT_ASKED,
    Consent.ASKED: ViewState.ASKED,
    Consent.DENIED: ViewState.DENIED,
    Consent.GRANTED: ViewState.CONNECTING,
}
_ENDED_THERE = {"paused": ViewState.PAUSED, "reloaded": ViewState.CHOOSING}


@dataclass(frozen=True)
class ViewSituation:
    """How far viewing the screen has got.

    Attributes:
        step: The step that the connection has reached.
        failure: Why the last attempt failed; kept until the picture comes.
        hindrance: The word for why the customer's page does not show what was asked for.
        online: Whether the server can be reached.
    """

    state: ViewState = ViewState.NOT_ASKED
    step: Step = Step.SIGNALLING
    failure: Failure | None = None
    online: bool = True
    hindrance: str = ""

    @property
    def of_camera(self) -> bool:
        """Whether the customer shows the camera's picture in place of the screen."""
        return self.hindrance == PowerHindrance.CAMERA_ONLY

    @property
    def may_try_again(self) -> bool:
        """Whether it makes sense to try again before the pause is over."""
        connecting = self.state in (ViewState.CONNECTING, ViewState.TRYING_AGAIN)
        return connecting and self.online and self.failure is not None


class Viewing(QObject):
    """One session's picture.

    Signals:
        changed: ``situation`` has changed.
        picture_came: The engine has a new picture.
        connected: A new connection has been answered.
        recording_ended: Why the recording ended by itself.

    Attributes:
        negotiation: Connects to the customer's page, again after each loss.
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
        *,
        identity: Identity | None = None,
    ) -> None:
        super().__init__(parent)
        self._make_engine = make_engine
        self._consent: Consent | None = None
        self._here = True
        self._hindrance = ""
        self._online = True
        self._events = self._make_events()
        self.negotiation: Negotiation[MediaEngine] = Negotiation(
            calls, _KINDS, self._make, jobs, self, identity=identity
        )
        self.negotiation.begun.connect(self._on_begun)
        self.negotiation.answered.connect(self.connected)
        self.negotiation.failed.connect(self._on_failed)
        self.situation = ViewSituation()

    def _make_events(self) -> EngineSignals:
        events = EngineSignals(self)
        queued = Qt.ConnectionType.QueuedConnection
        events.step.connect(self._on_step, queued)
        events.lost.connect(self._on_lost, queued)
        events.picture.connect(self._on_picture, queued)
        events.recording_ended.connect(self.recording_ended, queued)
        return events

    async def _make(self) -> MediaEngine:
        return await self._make_engine(self._events)

    @property
    def engine(self) -> MediaEngine | None:
        """What receives the picture; made when the first offer comes."""
        return self.negotiation.answerer

    # Called by the section

    def set_session(self, session: Session, *, here: bool = True) -> None:
        """Follow the customer's consent.

        Args:
            session: Its newest state.
            here: Whether this console is the one that may have the picture.
        """
        before = (self._consent, self._here)
        consent, self._here = consent_of(session, Power.VIEW), here
        self._hindrance = self._hindrance_in(session, consent)
        self._consent = consent
        wanted = consent is Consent.GRANTED
        self.negotiation.set_session(session, wanted=wanted, here=here)
        if (consent, here) != before:
            self._show(_STATES[consent] if here else ViewState.ELSEWHERE)
        else:
            self._show(self.situation.state, self.situation.step)

    def _hindrance_in(self, session: Session, consent: Consent) -> str:
        """Return what *session* says; version 0.1 does not tell stopping from saying no."""
        told = hindrance_of(session, Power.VIEW)
        if told or consent is not Consent.DENIED:
            return told
        if self._consent is Consent.GRANTED:
            return PowerHindrance.TAKEN_BACK
        return self._hindrance

    def set_online(self, online: bool) -> None:
        """Ask again at once when the server is back."""
        self._online = online
        self._show(self.situation.state, self.situation.step)
        self.negotiation.set_online(online)

    def try_again(self) -> None:
        """Ask for the picture now rather than after the pause."""
        self.negotiation.try_again()

    def on_signal(self, signal: SessionSignal) -> None:
        """Handle a signal from the customer's page, but only if the customer has agreed."""
        if signal.kind is not SignalKind.VIEW_ENDED:
            self.negotiation.on_signal(signal)
        elif self.negotiation.wanted:
            self._on_ended_there(signal.body)

    async def signal(self, kind: SignalKind, body: str = "") -> bool:
        """Send a signal to the customer's page; return whether the server accepted it."""
        return await self.negotiation.signal(kind, body)

    async def aclose(self) -> None:
        """End the picture."""
        try:
            await self.negotiation.aclose()
        except RecordingFailed as error:
            _log.warning("A recording could not be finished: %s", error)

    # Called by the negotiation

    def _on_begun(self) -> None:
        self._show(ViewState.CONNECTING)

    def _on_failed(self) -> None:
        failure = self.negotiation.failure
        assert failure is not None
        self._show(ViewState.TRYING_AGAIN, failure.step)

    def _on_ended_there(self, why: str) -> None:
        state = _ENDED_THERE.get(why, ViewState.TRYING_AGAIN)
        self.negotiation.end_attempt(another=state is ViewState.TRYING_AGAIN)
        self._show(state)

    # Called by the engine

    def _on_step(self, number: int, step: Step) -> None:
        if step is Step.SHOWN:
            if self.negotiation.succeed(number):
                self._show(ViewState.SHOWN, step)
        elif number == self.negotiation.number:
            self._show(ViewState.CONNECTING, step)

    def _on_lost(self, number: int, failure: Failure) -> None:
        self.negotiation.lose(number, failure)

    def _on_picture(self) -> None:
        # Whichever connection it is from: the engine reports no other picture until it is taken.
        self.picture_came.emit()

    def _show(self, state: ViewState, step: Step = Step.SIGNALLING) -> None:
        situation = ViewSituation(
            state, step, self.negotiation.failure, self._online, self._hindrance
        )
        if situation != self.situation:
            self.situation = situation
            self.changed.emit()
