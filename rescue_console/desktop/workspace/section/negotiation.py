"""Negotiates a WebRTC connection with the customer's page, and another one after each loss.

It deals with signals, attempt numbers and pauses, not with windows or what the connection carries.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from rescue_console.desktop.media.base import Answerer, BadDescription, Failure, Step
from rescue_console.desktop.workspace.section.code_fields import add_value, read_code_fields
from rescue_console.network.errors import ClientError
from rescue_console.network.pauses import growing_pauses
from rescue_console.protocol.requests import SendSignal
from rescue_console.protocol.signals import Signal as SessionSignal
from rescue_console.protocol.signals import SignalKind
from rescue_console.protocol.statuses import SessionStatus

if TYPE_CHECKING:
    from rescue_console.desktop.link.calls import Calls
    from rescue_console.desktop.program.jobs import Jobs
    from rescue_console.desktop.workspace.section.identity import Identity
    from rescue_console.protocol.answers import IceServer, Session

LONGEST_PAUSE_S = 15.0
OFFER_WITHIN_MS = 5_000
"""How long an offer may take to come, by itself or when asked for."""

UNANSWERED_MAX = 2
"""How often an offer is requested before the technician is told that the page does not answer."""

A = TypeVar("A", bound=Answerer)
_log = logging.getLogger(__name__)


class SignalKinds(NamedTuple):
    """The signals that negotiate one kind of connection."""

    offer: SignalKind
    answer: SignalKind
    candidate: SignalKind
    ready: SignalKind
    """Asks the page for an offer."""


class Negotiation(QObject, Generic[A]):
    """Answers the page's offers while a connection is wanted, and asks for them when none comes.

    Each attempt has a number. The owner calls ``succeed`` or ``lose`` with the number that the
    answerer reports; any number but the newest attempt's is ignored.

    Signals:
        begun: An offer is being answered.
        answered: The answer has been sent.
        failed: The attempt has failed as ``failure`` says; another one follows by itself.
        failure_changed: ``failure`` has changed.

    Args:
        make: Makes the answerer when the first offer comes.
        identity: This console's certificate and codes; without it, there is no security code.

    Attributes:
        number: The number of the newest attempt.
        answerer: ``None`` until the first offer has come.
        failure: Why the last attempt failed; kept until one succeeds.
        page: The certificate (SHA-256) of the page that the newest offer is from; empty while there
            is no connection.
        page_is_old: Whether that page is of a version that cannot agree on a security code.
    """

    begun = Signal()
    answered = Signal()
    failed = Signal()
    failure_changed = Signal()

    def __init__(
        self,
        calls: Calls,
        kinds: SignalKinds,
        make: Callable[[], Awaitable[A]],
        jobs: Jobs,
        parent: QObject | None = None,
        *,
        identity: Identity | None = None,
    ) -> None:
        super().__init__(parent)
        self._calls = calls
        self._kinds = kinds
        self._make = make
        self._jobs = jobs
        self._identity = identity
        self._session: Session | None = None
        self._here = True
        self._online = True
        self._unanswered = 0
        self._turn = asyncio.Lock()
        self._pauses = _new_pauses()
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._ask_for_offer)
        self.number = 0
        self.answerer: A | None = None
        self.failure: Failure | None = None
        self.page = b""
        self.page_is_old = False
        self.wanted = False
        """Whether there should be a connection."""

    @property
    def code(self) -> str:
        """The security code of the newest connection; empty until both sides have agreed on it."""
        return "" if self._identity is None else self._identity.page_codes.code(self.page)

    # Called by the owner

    def set_session(self, session: Session, *, wanted: bool, here: bool = True) -> None:
        """Begin or end the connection.

        Args:
            session: Its newest state.
            wanted: Whether there should be a connection, at whichever console.
            here: Whether this console is the one that may have it.
        """
        comes, self._session = self._session is None or not self._here, session
        before, self.wanted = self.wanted, wanted and here
        self._here = here
        if self.wanted and not before:
            # A customer's page that has just agreed makes its offer unasked; a console that has
            # just opened the session, or taken it over from another one, asks for one.
            self._again.start(0 if comes else OFFER_WITHIN_MS)
        elif before and not self.wanted:
            self._finish()

    def set_online(self, online: bool) -> None:
        """Ask again at once when the server is back."""
        came_back = online and not self._online
        self._online = online
        if came_back and self._again.isActive():
            self._again.start(0)

    def on_signal(self, signal: SessionSignal) -> None:
        """Handle an offer or a candidate, but only from a customer who has agreed."""
        if signal.kind is SignalKind.CODE_VALUE and self._identity is not None:
            self._identity.page_codes.reveal(signal.body)
        if not self.wanted:
            return
        if signal.kind is self._kinds.offer:
            self._again.stop()
            self._unanswered = 0
            self.number += 1
            self._jobs.start(self._answer(self.number, signal.body), "answer an offer")
        elif signal.kind is self._kinds.candidate:
            self._jobs.start(self._add_candidate(signal.body), "take a candidate")

    def try_again(self) -> None:
        """Ask for an offer now rather than after the pause."""
        if self.wanted:
            self._pauses = _new_pauses()
            self._ask_for_offer()

    def succeed(self, number: int) -> bool:
        """Forget earlier failures; return whether *number* is that of the newest attempt.

        If it is not, nothing changes.
        """
        if number != self.number:
            return False
        self._pauses = _new_pauses()
        self._set_failure(None)
        return True

    def lose(self, number: int, failure: Failure) -> None:
        """Make another attempt after a pause, if it is the newest attempt that has failed."""
        if number == self.number and self.wanted:
            self.number += 1
            self._again.start(self._next_pause_ms())
            self._set_failure(failure)
            self.failed.emit()

    def end_attempt(self, *, another: bool) -> None:
        """Accept that the page has ended the attempt.

        Args:
            another: Whether the page's next offer is expected soon; if not, none is asked for.
        """
        self.number += 1
        self._set_failure(None)
        if another:
            self._again.start(OFFER_WITHIN_MS)
        else:
            self._again.stop()

    def disconnect_answerer(self) -> None:
        """End the connection, unless the page's next offer replaces it first."""
        self.number += 1
        self._jobs.start(self._disconnect(self.number), "end a connection")

    async def signal(self, kind: SignalKind, body: str = "") -> bool:
        """Send a signal to the customer's page; return whether the server accepted it."""
        if self._session is None:
            return False
        try:
            await self._calls.send_signal(self._session.id, SendSignal(kind=kind, body=body))
        except ClientError as error:
            _log.info("The signal %s could not be sent to the customer's page: %s", kind, error)
            return False
        return True

    async def aclose(self) -> None:
        """End the connection for good."""
        self.wanted = False
        self._again.stop()
        self.number += 1
        async with self._turn:
            answerer, self.answerer = self.answerer, None
            if answerer is not None:
                await answerer.aclose()

    # One attempt after the other

    async def _answer(self, number: int, offer: str) -> None:
        # Offers and candidates are handled one after the other, in the order of arrival.
        async with self._turn:
            if number != self.number:
                return
            self.page, self.page_is_old = b"", False
            self.begun.emit()
            try:
                answer = await self._connect(number, offer)
                answer = await self._add_value(offer, answer)
            except BadDescription as error:
                _log.warning("An offer cannot be used: %s", error)
                self.lose(number, Failure(Step.SIGNALLING))
                return
            except Exception:
                # A fault of this program, which the job reports, must not end the attempts.
                self.lose(number, Failure(Step.SIGNALLING))
                raise
            if number != self.number:
                return
            if not await self.signal(self._kinds.answer, answer):
                self.lose(number, Failure(Step.SIGNALLING))
                return
        self.answered.emit()

    async def _connect(self, number: int, offer: str) -> str:
        servers = await self._ice_servers()
        if self.answerer is None:
            self.answerer = await self._make()
        return await self.answerer.connect(number, offer, servers)

    async def _add_value(self, offer: str, answer: str) -> str:
        """Return *answer* with what the page needs from this side for the security code.

        Raises:
            BadDescription: the offer does not announce exactly one certificate.
        """
        if self._identity is None:
            return answer
        assert self._session is not None
        fields = read_code_fields(offer)
        certificate = await self._identity.certificate()
        self.page, self.page_is_old = fields.page, not fields.committed
        value = self._identity.page_codes.value_for(
            self._session.id, fields, certificate.fingerprint
        )
        return add_value(answer, value)

    async def _ice_servers(self) -> list[IceServer]:
        assert self._session is not None
        try:
            return (await self._calls.ice_servers(self._session.id)).items
        except ClientError as error:
            _log.info("The STUN and TURN servers are not known: %s", error)
            return []

    async def _add_candidate(self, body: str) -> None:
        async with self._turn:
            if self.answerer is not None:
                with suppress(BadDescription):  # other candidates may work
                    await self.answerer.add_candidate(body)

    async def _disconnect(self, number: int) -> None:
        async with self._turn:
            if self.answerer is not None and number == self.number:
                await self.answerer.disconnect()

    def _finish(self) -> None:
        self.page, self.page_is_old = b"", False
        self._again.stop()
        self._unanswered = 0
        self._pauses = _new_pauses()
        self._set_failure(None)
        self.disconnect_answerer()

    def _ask_for_offer(self) -> None:
        """Tell the page that this side is ready, and repeat that until an offer comes."""
        self._again.start(self._next_pause_ms() + OFFER_WITHIN_MS)
        if not self._online or self._session is None:
            return
        self._unanswered += 1
        if self._unanswered > UNANSWERED_MAX:
            self._set_failure(Failure(Step.SIGNALLING))
            self.failed.emit()
        if self._session.status is SessionStatus.ACTIVE:
            self._jobs.start(self.signal(self._kinds.ready), "ask for an offer")

    def _next_pause_ms(self) -> int:
        return round(next(self._pauses) * 1000)

    def _set_failure(self, failure: Failure | None) -> None:
        if failure != self.failure:
            self.failure = failure
            self.failure_changed.emit()


def _new_pauses() -> Iterator[float]:
    return growing_pauses(random.random, longest_s=LONGEST_PAUSE_S)
