"""One side's connection to the other through the server's relay; console and applet both use it.

A ``RelayConnection`` opens the WebSocket, makes an encrypted channel each time the relay says that
both sides are connected, cuts the incoming bytes into messages, and reconnects by itself after a
loss. It keeps nothing from one channel to the next: its user starts afresh at every ``PeerCame``.
"""

import asyncio
import logging
import random
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from contextlib import aclosing, suppress
from typing import Any, Generic, TypeVar

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from rescue_console.network.errors import ClientError, SignedOut
from rescue_console.network.pauses import growing_pauses
from rescue_console.network.server_address import ServerAddress
from rescue_console.network.way_out import proxy_url
from rescue_console.peer.channel_codes import ChannelCodes
from rescue_console.peer.outbox import Outbox
from rescue_console.peer.secure_channel import ChannelClosed, SecureChannel
from rescue_console.protocol.channel import ChannelBroken, Message, Unpacker, pack
from rescue_console.protocol.events import CLOSE_TAKEN_OVER, CLOSE_TOKEN_REFUSED
from rescue_console.protocol.security_code import NO_KEY
from rescue_console.protocol.unreadable import UNREADABLE

RELAY_PATH = "/api/v1/relay"
OPEN_WITHIN_S = 15.0
HANDSHAKE_WITHIN_S = 15.0
LONGEST_PAUSE_S = 8.0
_FRAME_MAX = 64 * 1024
_PEER = "peer"
_GONE = (ChannelClosed, ChannelBroken, ClientError, TimeoutError, WebSocketException, OSError)

_log = logging.getLogger(__name__)
MessageT = TypeVar("MessageT", bound=Message)


class PeerCame(msgspec.Struct, frozen=True):
    """Both sides are connected, and there is a channel between them.

    Attributes:
        code: The security code; empty if the other side is of a version that cannot agree on one.
    """

    code: str = ""


class PeerGone(msgspec.Struct, frozen=True):
    """There is no channel now: the other side, the server or the network is gone."""


class RelayRefused(Exception):
    """The server does not admit this side: its token or its part in the session has ended."""


class RelayTakenOver(RelayRefused):
    """Another console of the same technician has the session: this one must not come back."""


class _Notice(msgspec.Struct):
    kind: str


class RelayRoute(msgspec.Struct, frozen=True, kw_only=True):
    """Where the relay is, and how to be admitted to it.

    Attributes:
        server: The server's address.
        session_id: The session whose relay it is.
        introduce: Returns the first message, ``{"access_token": …}`` or ``{"applet_token": …}``.
            It is called at each attempt, so that the token can be a fresh one. If it raises a
            ``ClientError``, that counts as a lost connection, except for ``SignedOut``.
        tls: TLS context for the connection to the server; ``None`` if the server has no TLS.
    """

    server: ServerAddress
    session_id: str
    introduce: Callable[[], Awaitable[dict[str, str]]]
    tls: ssl.SSLContext | None = None


class RelayConnection(Generic[MessageT]):
    """One side's end of the channel.

    Args:
        route: How to reach the relay.
        channel_tls: TLS settings between the two sides; see ``peer/secure_channel.py``.
        server_side: True for the console.
        pin: SHA-256 of the certificate that the other side must show; ``None`` for the console.
        own: SHA-256 of this side's own certificate; empty for the applet, which has none.
        codes: What this side keeps of its security code from one channel to the next.
        kinds: The union of messages that the other side may send.
        pauses: Returns a new sequence of pauses between attempts, in seconds.
    """

    def __init__(
        self,
        route: RelayRoute,
        channel_tls: ssl.SSLContext,
        *,
        server_side: bool,
        pin: bytes | None,
        kinds: Any,
        own: bytes = b"",
        codes: ChannelCodes | None = None,
        pauses: Callable[[], Iterator[float]] = lambda: growing_pauses(
            random.random, longest_s=LONGEST_PAUSE_S
        ),
    ) -> None:
        self._route = route
        self._channel_tls = channel_tls
        self._server_side = server_side
        self._pin = pin
        self._kinds = kinds
        self._own = own or NO_KEY
        self._codes = codes or ChannelCodes()
        self._new_pauses = pauses
        self._pauses = pauses()
        self._outbox: Outbox | None = None

    def post(self, message: Message) -> None:
        """Send *message* without waiting; dropped when there is no channel.

        Raises:
            ChannelBroken: the message is too large, or too much is waiting.
        """
        if self._outbox is not None:
            self._outbox.post(pack(message))

    async def send(self, message: Message) -> None:
        """Send *message* when there is room; dropped when there is no channel.

        The task that reads ``follow`` must not await this: see ``peer/outbox.py``.

        Raises:
            ChannelBroken: the message is too large.
        """
        outbox = self._outbox
        if outbox is not None:
            await outbox.send(pack(message))

    async def follow(self) -> AsyncGenerator[PeerCame | PeerGone | MessageT, None]:
        """Yield what happens, forever; messages come only between PeerCame and PeerGone.

        Raises:
            RelayRefused: the server does not admit this side any more.
            RelayTakenOver: another console of the technician is at this side.
            SignedOut: the sign-in that introduced this side has ended.
            NotTheConsole: the certificate is not the pinned one.
        """
        while True:
            try:
                async with aclosing(self._one_connection()) as happenings:
                    async for happening in happenings:
                        yield happening
            except ConnectionClosed as closed:
                code = closed.rcvd.code if closed.rcvd is not None else None
                if code == CLOSE_TOKEN_REFUSED:
                    raise RelayRefused("The relay does not let this side in.") from closed
                if code == CLOSE_TAKEN_OVER:
                    raise RelayTakenOver("Another console has this session.") from closed
                _log.info("The relay has gone: %s", closed)
            except SignedOut:
                raise
            except _GONE as gone:
                _log.info("No channel through the relay: %s", gone)
            yield PeerGone()
            await asyncio.sleep(next(self._pauses))

    async def _one_connection(self) -> AsyncGenerator[PeerCame | PeerGone | MessageT, None]:
        async with await self._connect() as socket:
            await socket.send(msgspec.json.encode(await self._route.introduce()).decode())
            incoming = _Incoming(socket)
            while True:
                if await incoming.next_notice() != _PEER:
                    yield PeerGone()
                    continue
                async with aclosing(self._one_peer(socket, incoming)) as happenings:
                    async for happening in happenings:
                        yield happening

    async def _connect(self) -> connect:
        server = self._route.server
        # In a thread: the system may take seconds to name its proxy, a keyring its password.
        proxy = await asyncio.to_thread(proxy_url, server)
        return connect(
            f"ws{server.url.removeprefix('http')}{RELAY_PATH}/{self._route.session_id}",
            ssl=self._route.tls,
            proxy=proxy,
            open_timeout=OPEN_WITHIN_S,
            close_timeout=1,
            max_size=_FRAME_MAX,
            compression=None,
        )

    async def _one_peer(
        self, socket: ClientConnection, incoming: "_Incoming"
    ) -> AsyncGenerator[PeerCame | MessageT, None]:
        """Yield ``PeerCame`` and one peer's messages, until the relay sends another notice.

        Raises:
            ChannelClosed: the peer ended the channel, or it failed.
            ChannelBroken: the peer broke the rules of the channel.
            NotTheConsole: the certificate is not the pinned one.
        """
        channel = SecureChannel(self._channel_tls, socket.send, server_side=self._server_side)
        try:
            async with asyncio.timeout(HANDSHAKE_WITHIN_S):
                await channel.shake_hands(incoming.records())
                if self._pin is not None:
                    channel.check_pin(self._pin)
                beginning = _Beginning(channel, incoming.records())
                code = await self._agree(channel, beginning) if channel.makes_code else ""
        except ChannelClosed:
            if incoming.has_notice:
                return
            raise
        self._pauses = self._new_pauses()
        outbox = self._outbox = Outbox()
        pouring = asyncio.create_task(outbox.pour(channel.write))
        try:
            yield PeerCame(code)
            unpacker: Unpacker[MessageT] = Unpacker(self._kinds)
            # Messages that came with the last records of the beginning are read first.
            for message in unpacker.feed(beginning.rest()):
                yield message
            async for records in incoming.records():
                for message in unpacker.feed(channel.read(records)):
                    yield message
        finally:
            self._outbox = None
            pouring.cancel()
            try:
                # Gathered, not awaited: so a cancellation of ``pouring`` is not raised here, while
                # one of this task still is.
                await asyncio.gather(pouring, return_exceptions=True)
            finally:
                await outbox.empty()

    async def _agree(self, channel: SecureChannel, beginning: "_Beginning") -> str:
        """Return the security code that both sides show.

        Raises:
            ChannelClosed: the other side has gone, or did not keep to the order of things.
        """
        codes = self._codes
        agree = codes.agree_as_console if self._server_side else codes.agree_as_applet
        console = self._own if self._pin is None else self._pin
        return await agree(self._route.session_id, console, channel.write, beginning.exactly)


class _Beginning:
    """What a channel carries before its messages, read by the number of bytes."""

    def __init__(self, channel: SecureChannel, records: AsyncIterator[bytes]) -> None:
        self._channel = channel
        self._records = records
        self._plain = bytearray(channel.read(b""))

    async def exactly(self, count: int) -> bytes:
        """Return the next *count* bytes.

        Raises:
            ChannelClosed: the other side has gone before it sent them.
        """
        while len(self._plain) < count:
            try:
                self._plain += self._channel.read(await anext(self._records))
            except StopAsyncIteration:
                raise ChannelClosed("The other side has gone.") from None
        taken = bytes(self._plain[:count])
        del self._plain[:count]
        return taken

    def rest(self) -> bytes:
        """Return the bytes that have come behind."""
        return bytes(self._plain)


class _Incoming:
    """Separates the relay's own notices (text) from the bytes that it carries (binary)."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._notice: str | None = None

    @property
    def has_notice(self) -> bool:
        """Whether the relay has sent a notice that has not been read yet."""
        return self._notice is not None

    async def next_notice(self) -> str:
        """Return the kind of the relay's next notice; bytes before it belong to no channel."""
        while self._notice is None:
            self._read_notice(await self._socket.recv())
        notice, self._notice = self._notice, None
        return notice

    async def records(self) -> AsyncIterator[bytes]:
        """Yield the bytes that the relay carries, until it sends a notice."""
        while self._notice is None:
            data = await self._socket.recv()
            if isinstance(data, bytes):
                yield data
            else:
                self._read_notice(data)

    def _read_notice(self, data: str | bytes) -> None:
        if isinstance(data, str):
            with suppress(*UNREADABLE):
                self._notice = msgspec.json.decode(data, type=_Notice).kind
