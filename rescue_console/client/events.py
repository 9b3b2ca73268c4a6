"""Follows the server's event stream: reconnects after a loss, and misses nothing."""

import asyncio
import logging
import random
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from contextlib import aclosing, asynccontextmanager, suppress

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import (
    ConnectionClosed,
    InvalidHandshake,
    InvalidURI,
    ProxyError,
    WebSocketException,
)

from rescue_console.client.transport import API_PATH, Transport
from rescue_console.network.diagnosis import diagnose
from rescue_console.network.errors import Misunderstood, Refused, Unreachable, Why
from rescue_console.network.pauses import growing_pauses
from rescue_console.network.way_out import proxy_for, proxy_url
from rescue_console.protocol.events import CLOSE_TOKEN_REFUSED, Event, Hello, Subscribe
from rescue_console.protocol.unreadable import UNREADABLE

HELLO_TIMEOUT_S = 15.0
RENEW_BEFORE_S = 20.0
"""How long before the present access token expires a new one is sent, in seconds."""

_log = logging.getLogger(__name__)


class Connecting(msgspec.Struct, frozen=True):
    """An attempt to connect has begun."""


class Offline(msgspec.Struct, frozen=True):
    """The stream is down; the next attempt is in *retry_in_s* seconds."""

    why: Why
    retry_in_s: float
    proxy: str = ""
    """Names the proxy where that is the cause."""


Happening = Connecting | Offline | Event
"""What a reader of the stream sees. ``Hello`` means online; when its ``resumed`` is false, events
may have been missed and the collections must be read again."""


class _TokenRefused(Exception):
    """The server closed the stream because of the access token."""


class EventStream:
    """Follows the events of one sign-in.

    Args:
        transport: Where the server is, and its TLS context.
        access_token: Returns a valid access token; called with the token that the server has
            refused, else with ``None``.
        seconds_left: Returns for how many seconds the present access token is still valid.
        pauses: Returns a new sequence of pauses between attempts, in seconds.
        computer: The name of this computer, for the technician's other consoles.
    """

    def __init__(
        self,
        transport: Transport,
        access_token: Callable[[str | None], Awaitable[str]],
        seconds_left: Callable[[], float],
        pauses: Callable[[], Iterator[float]] = lambda: growing_pauses(random.random),
        computer: str = "",
    ) -> None:
        self._transport = transport
        self._access_token = access_token
        self._seconds_left = seconds_left
        self._computer = computer
        self._new_pauses = pauses
        self._pauses = pauses()
        self._hurry = asyncio.Event()
        self._last: int | None = None
        self._decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)

    def retry_now(self) -> None:
        """End the present pause, and try again at once."""
        self._hurry.set()

    async def follow(self) -> AsyncGenerator[Happening, None]:
        """Yield what happens, forever.

        Raises:
            SignedOut: the sign-in has ended; there is nothing more to follow.
        """
        refused: str | None = None
        while True:
            yield Connecting()
            try:
                token = await self._access_token(refused)
                refused = None
                async with aclosing(self._one_connection(token)) as events:
                    async for event in events:
                        yield event
                error = Unreachable(Why.LOST)
            except _TokenRefused:
                if refused is None:
                    refused = token
                    continue
                error = Unreachable(Why.UNAVAILABLE, "a fresh access token was refused")
            except Unreachable as unreachable:
                error = unreachable
            except (Misunderstood, Refused) as strange:
                error = Unreachable(Why.UNAVAILABLE, str(strange))
            pause_s = next(self._pauses)
            _log.info("Offline: %s; next attempt in %.1f s", error, pause_s)
            yield Offline(error.why, pause_s, error.proxy)
            await self._pause(pause_s)

    async def _pause(self, pause_s: float) -> None:
        self._hurry.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._hurry.wait(), pause_s)

    async def _one_connection(self, token: str) -> AsyncGenerator[Event, None]:
        """Yield the events of one connection until it ends.

        Raises:
            Unreachable: it could not be opened or was lost.
            _TokenRefused: the server wants another access token.
        """
        try:
            async with await self._connect() as socket, _saying_goodbye(socket):
                await self._subscribe(socket, token)
                async with asyncio.timeout(HELLO_TIMEOUT_S):
                    hello = self._read(await socket.recv())
                if not isinstance(hello, Hello):
                    raise Misunderstood("the stream did not begin with hello")
                self._last = hello.number if self._last is None or not hello.resumed else self._last
                self._pauses = self._new_pauses()
                yield hello
                while True:
                    event = await self._next(socket)
                    if event is not None:
                        yield event
        except ConnectionClosed as closed:
            if closed.rcvd is not None and closed.rcvd.code == CLOSE_TOKEN_REFUSED:
                raise _TokenRefused from closed
            raise Unreachable(Why.LOST, str(closed)) from closed
        except ProxyError as error:
            raise self._diagnosed(error) from error
        except (InvalidHandshake, InvalidURI) as error:
            raise Unreachable(Why.UNAVAILABLE, str(error)) from error
        except (WebSocketException, OSError) as error:
            raise self._diagnosed(error) from error

    def _diagnosed(self, error: Exception) -> Unreachable:
        proxy = proxy_for(self._transport.server)
        return diagnose(error, proxy.shown if proxy is not None else "")

    async def _connect(self) -> connect:
        server = self._transport.server
        # In a thread: loading the trusted issuers takes longer than a frame on the screen may.
        tls = await asyncio.get_running_loop().run_in_executor(None, self._transport.tls)
        return connect(
            f"ws{server.url.removeprefix('http')}{API_PATH}/events",
            ssl=tls,
            proxy=proxy_url(server),
            open_timeout=HELLO_TIMEOUT_S,
            close_timeout=1,
        )

    async def _subscribe(self, socket: ClientConnection, token: str) -> None:
        message = Subscribe(access_token=token, after=self._last, computer=self._computer)
        await socket.send(msgspec.json.encode(message).decode())

    async def _next(self, socket: ClientConnection) -> Event | None:
        """Return the next event; ``None`` if a token was renewed or the message is no news."""
        wait_s = max(self._seconds_left() - RENEW_BEFORE_S, 1.0)
        try:
            async with asyncio.timeout(wait_s):
                message = await socket.recv()
        except TimeoutError:
            await self._subscribe(socket, await self._access_token(None))
            return None
        try:
            event = self._read(message)
        except Misunderstood as error:
            _log.warning("An event was not understood: %s", error)
            return None
        # The server may answer a renewed subscription with another hello, which is no news.
        if isinstance(event, Hello):
            return None
        self._last = event.number
        return event

    def _read(self, message: str | bytes) -> Event:
        try:
            return self._decoder.decode(message)
        except UNREADABLE as error:
            raise Misunderstood(str(error)) from error


@asynccontextmanager
async def _saying_goodbye(socket: ClientConnection) -> AsyncIterator[None]:
    """Tell the server when this console is closed, so that it does not take that for a loss."""
    try:
        yield
    except (asyncio.CancelledError, GeneratorExit):
        await socket.close()
        raise
