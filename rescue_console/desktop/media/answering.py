"""One WebRTC connection that answers the page's offer, made with aiortc, whatever it carries.

It lives in the loop of the thread on which it was made.
"""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine
from typing import Any, ClassVar

from aiortc import RTCPeerConnection, RTCSessionDescription

from rescue_console.desktop.media.base import BadDescription, Failure, Step
from rescue_console.desktop.media.certificate import Certificate
from rescue_console.desktop.media.descriptions import read_candidate, read_offer, write_answer
from rescue_console.desktop.media.peer import peer_connection
from rescue_console.desktop.media.relays import Ways, hindrance_of

CLOSE_WITHIN_S = 2.0
"""Seconds allowed for saying goodbye to the other side and to the TURN server."""

_leaving: set[asyncio.Task[None]] = set()
"""Kept until each has closed all that its connection had opened, though nobody waits any more."""

_log = logging.getLogger(__name__)


class AnsweringConnection(ABC):
    """Answers one offer, watches the connection, and reports once that it is lost.

    Args:
        certificate: Shown to the browser in DTLS.
        ways: The STUN and TURN servers to use.
        on_lost: Called once when the connection has failed or been lost.

    Attributes:
        medium: What an offer must offer: ``video``, or ``application`` for data channels.
    """

    medium: ClassVar[str]

    def __init__(
        self, certificate: Certificate, ways: Ways, on_lost: Callable[[Failure], None]
    ) -> None:
        self._pc: RTCPeerConnection = peer_connection(certificate, ways.servers)
        self._pc.on("connectionstatechange", self._follow_state)
        self._relay = ways.relay
        self._has_addresses = False
        self._on_lost = on_lost
        self._tasks: set[asyncio.Task[None]] = set()
        self._gathering: asyncio.Task[None] | None = None
        self._leave: asyncio.Task[None] | None = None
        self._over = False

    async def answer(self, offer: str) -> str:
        """Return the answer to *offer*, with all candidates of this side.

        Raises:
            BadDescription: the offer makes no sense.
        """
        description = read_offer(offer, self.medium)
        self._has_addresses = "a=candidate:" in description.sdp
        try:
            await self._pc.setRemoteDescription(description)
            self._agree(description)
            await self._gather()
        except (ValueError, AssertionError, IndexError, KeyError, AttributeError) as error:
            # aiortc has no error of its own for a description that it cannot understand.
            raise BadDescription("The offer cannot be understood.") from error
        if not self._over:
            self._start(self._watch())
        return write_answer(self._pc.localDescription)

    async def add_candidate(self, text: str) -> None:
        """Add one of the browser's candidates.

        Raises:
            BadDescription: the candidate makes no sense.
        """
        self._has_addresses = self._has_addresses or bool(text)
        candidate = read_candidate(text)
        try:
            await self._pc.addIceCandidate(candidate)
        except ValueError as error:
            raise BadDescription("A candidate cannot be understood.") from error

    async def close(self) -> None:
        """End the connection; nothing is reported any more."""
        self._end()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._leave is None:
            self._leave = asyncio.get_running_loop().create_task(self._close_all())
            _leaving.add(self._leave)
            self._leave.add_done_callback(_leaving.discard)
        # A TURN server that has gone is asked for a minute, which goes on behind: stopped half-way,
        # it would leave open what comes after.
        done, _ = await asyncio.wait([self._leave], timeout=CLOSE_WITHIN_S)
        for task in done:
            task.result()

    async def _gather(self) -> None:
        """Find this side's candidates.

        Stopped half-way, aiortc and aioice would lose what they have opened: who no longer waits
        leaves it to ``close``.
        """
        answer = await self._pc.createAnswer()
        gathering = self._pc.setLocalDescription(answer)
        self._gathering = asyncio.get_running_loop().create_task(gathering)
        await asyncio.shield(self._gathering)

    async def _close_all(self) -> None:
        if self._gathering is not None:
            await asyncio.gather(self._gathering, return_exceptions=True)
        await self._pc.close()

    # What differs between kinds of connections

    @abstractmethod
    def _agree(self, offer: RTCSessionDescription) -> None:
        """Decide what the answer will say, once the offer has been applied."""

    @abstractmethod
    async def _watch(self) -> None:
        """Watch the connection until it is over; declare it lost when it gets nowhere."""

    @abstractmethod
    def _reached(self) -> Step:
        """Return the step that the connection has reached."""

    # Losing the connection

    def _follow_state(self) -> None:
        if self._pc.connectionState in ("failed", "closed"):
            self._lose()

    def _lose(self, why: str = "") -> None:
        if self._over:
            return
        self._end()
        if why:
            _log.warning(why)
        self._on_lost(self._failure())

    def _end(self) -> None:
        self._over = True

    def _failure(self) -> Failure:
        step = self._reached()
        if step is not Step.FINDING:
            return Failure(step)
        return Failure(step, hindrance_of(self._relay, has_addresses=self._has_addresses))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("A connection to the customer's page failed", exc_info=error)
            self._lose()
