"""One WebRTC connection with one data channel for files, made with aiortc.

It lives in the loop of the thread on which it was made.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from aiortc import RTCDataChannel, RTCSessionDescription
from aiortc.exceptions import InvalidStateError

from rescue_console.desktop.media.answering import AnsweringConnection
from rescue_console.desktop.media.base import Failure, Step
from rescue_console.desktop.media.certificate import Certificate
from rescue_console.desktop.media.rate_limit import RateLimit
from rescue_console.desktop.media.relays import Ways
from rescue_console.protocol.channel import ChannelBroken
from rescue_console.protocol.page_files import FRAME_MAX, PageFileMessage, read

LABEL = "files-"
"""How the page's name for its data channel begins; what the page calls itself follows."""

LABEL_MAX = 64
OPEN_WITHIN_S = 20.0
"""Seconds for finding a route, agreeing on keys and opening the channel, all together."""

AHEAD_BYTES = 256 * 1024
"""The most that may wait here to be sent."""

WAITING_MAX = 2_000
"""The most messages that may wait to be taken; a page that keeps to its window stays far below."""

TICK_S = 1.0


class PageFilesConnection(AnsweringConnection):
    """Carries messages until it is closed.

    Args:
        certificate: Shown to the browser in DTLS.
        ways: The STUN and TURN servers to use.
        on_opened: Called once, with what the page calls itself.
        on_arrived: Called when there is something to take after there was nothing.
        on_lost: Called once when it has failed or been lost, with the step that it had reached:
            ``Step.FIRST_FRAME`` while connected without a channel, ``Step.SHOWN`` with one.

    Attributes:
        rate_limit: Holds back files in both directions.
    """

    medium = "application"

    def __init__(
        self,
        certificate: Certificate,
        ways: Ways,
        on_opened: Callable[[str], None],
        on_arrived: Callable[[], None],
        on_lost: Callable[[Failure], None],
    ) -> None:
        super().__init__(certificate, ways, on_lost)
        self._pc.on("datachannel", self._on_channel)
        self._on_opened = on_opened
        self._on_arrived = on_arrived
        self._channel: RTCDataChannel | None = None
        self._arrived: deque[PageFileMessage] = deque()
        self._room = asyncio.Event()
        self._came = 0
        self.rate_limit = RateLimit()

    async def send(self, data: str | bytes) -> None:
        """Send a message when there is room; dropped if the channel is gone.

        What has arrived counts towards the rate limit here, too: a page sends more only when this
        side has told it what was written.
        """
        came, self._came = self._came, 0
        await self.rate_limit.spend(len(data) + came)
        while not self._over and self._ahead() > AHEAD_BYTES:
            self._room.clear()
            await self._room.wait()
        if self._channel is not None and not self._over:
            with suppress(InvalidStateError):  # the channel is just closing
                self._channel.send(data)

    def take(self) -> list[PageFileMessage]:
        """Return what has arrived since the last call; may be called on any thread."""
        taken = []
        with suppress(IndexError):
            while True:
                taken.append(self._arrived.popleft())
        return taken

    # The channel

    def _agree(self, offer: RTCSessionDescription) -> None:
        """Leave the answer as it is: data channels leave nothing to choose."""

    def _on_channel(self, channel: RTCDataChannel) -> None:
        name = channel.label
        fits = name.startswith(LABEL) and len(name) <= LABEL_MAX and channel.ordered
        if self._channel is not None or not fits or channel.maxRetransmits is not None:
            self._lose("The page opened a data channel that is not one for files.")
            return
        self._channel = channel
        channel.bufferedAmountLowThreshold = AHEAD_BYTES // 2
        channel.on("bufferedamountlow", self._room.set)
        channel.on("message", self._on_message)
        channel.on("close", self._lose)
        self._on_opened(name.removeprefix(LABEL))

    def _on_message(self, data: str | bytes) -> None:
        if self._over:
            return
        try:
            message = read(data)
        except ChannelBroken as error:
            self._lose(str(error))
            return
        if len(self._arrived) >= WAITING_MAX:
            self._lose("The page sent more than can be taken.")
            return
        self._came += len(data)
        self._arrived.append(message)
        if len(self._arrived) == 1:
            self._on_arrived()

    def _ahead(self) -> int:
        return self._channel.bufferedAmount if self._channel is not None else 0

    # Losing the connection

    async def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        since = loop.time()
        while not self._over:
            await asyncio.sleep(TICK_S)
            if self._channel is None and loop.time() - since > OPEN_WITHIN_S:
                self._lose("The page's connection for files did not open.")
            self._check_unread()

    def _check_unread(self) -> None:
        """Declare the connection lost if the page begins messages and never ends them.

        WORKAROUND https://github.com/aiortc/aiortc/blob/main/src/aiortc/rtcsctptransport.py
        (remove when it holds the other side to the window that it announces).
        """
        sctp = self._pc.sctp
        if sctp is not None and sctp._advertised_rwnd < -FRAME_MAX:
            self._lose("The page sent more than the window that it was given.")

    def _end(self) -> None:
        super()._end()
        self._room.set()

    def _reached(self) -> Step:
        if self._channel is not None:
            return Step.SHOWN
        if self._pc.connectionState == "connected":
            return Step.FIRST_FRAME
        return Step.ENCRYPTING if self._pc.iceConnectionState == "completed" else Step.FINDING
