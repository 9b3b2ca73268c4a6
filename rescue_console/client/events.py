"""Follows the server's event stream: reconnects after a loss, and misses nothing.

It is a WebSocket. Where none gets through though requests do, the same events are read by requests,
and a WebSocket is tried again now and then.
"""

import asyncio
import logging
import random
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from contextlib import aclosing, asynccontextmanager, suppress
from functools import partial

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import (
    ConnectionClosed,
    InvalidHandshake,
    InvalidURI,
    ProxyError,
    WebSocketException,
)

from rescue_console.client.news_page import NewsPage
from rescue_console.client.transport import API_PATH, Transport
from rescue_console.client.worker import Worker
from rescue_console.network.diagnosis import diagnose
from rescue_console.network.errors import ClientError, Misunderstood, Refused, Unreachable, Why
from rescue_console.network.pauses import growing_pauses
from rescue_console.network.way_out import proxy_for, proxy_url
from rescue_console.protocol.events import (
    CLOSE_GOING_AWAY,
    CLOSE_TOKEN_REFUSED,
    HELD_S,
    Event,
    Hello,
    Subscribe,
)
from rescue_console.protocol.unreadable import UNREADABLE

HELLO_TIMEOUT_S = 15.0
RENEW_BEFORE_S = 20.0
"""How long before the present access token expires a new one is sent, in seconds."""

SECOND_LOOK_S = 1.5
"""When a second WebSocket is tried after one has failed where requests get through: only if that
fails, too, they count as blocked."""

FIRST_LOOK_S = 60.0
LONGEST_LOOK_S = 900.0
"""When one is tried again after that: a network rarely changes its mind."""

PAGE_PAUSE_S = 0.1
"""The pause between two requests: a server that answers at once is not asked without end."""

_PERHAPS_BLOCKED = frozenset(
    {Why.LOST, Why.TIMED_OUT, Why.UNAVAILABLE, Why.NOT_TLS, Why.PROXY_REFUSED}
)
_log = logging.getLogger(__name__)

ReadPage = Callable[[int | None, int], NewsPage]
"""Reads the events after a number, waiting for them for some seconds; blocks."""


class Connecting(msgspec.Struct, frozen=True):
    """An attempt to connect has begun."""


class Offline(msgspec.Struct, frozen=True):
    """The stream is down; the next attempt is in *retry_in_s* seconds."""

    why: Why
    retry_in_s: float
    proxy: str = ""
    """Names the proxy where that is the cause."""


class Way(msgspec.Struct, frozen=True):
    """How events come from now on: whether by requests, because no WebSocket gets through."""

    plain: bool
    proxy: str = ""
    """Names the proxy that lies on the way, if one does."""


Happening = Connecting | Offline | Way | Event
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
        read_page: Reads events by plain requests; ``None`` = only WebSockets are tried.
        pauses: Returns a new sequence of pauses between attempts, in seconds.
        looks: Returns a new sequence of pauses before each WebSocket that is tried where none has
            got through.
        computer: The name of this computer, for the technician's other consoles.
    """

    def __init__(
        self,
        transport: Transport,
        access_token: Callable[[str | None], Awaitable[str]],
        seconds_left: Callable[[], float],
        read_page: ReadPage | None = None,
        pauses: Callable[[], Iterator[float]] = lambda: growing_pauses(random.random),
        looks: Callable[[], Iterator[float]] | None = None,
        computer: str = "",
    ) -> None:
        self._transport = transport
        self._access_token = access_token
        self._seconds_left = seconds_left
        self._read_page = read_page
        self._computer = computer
        self._new_pauses = pauses
        self._pauses = pauses()
        self._looks = looks or look_pauses
        self._look_pauses = self._looks()
        self._heard = False
        self._blocked = False
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
                async with aclosing(self._any_way(token)) as happenings:
                    async for happening in happenings:
                        yield happening
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

    async def _any_way(self, token: str) -> AsyncGenerator[Way | Event, None]:
        """Yield events by a WebSocket or, while none gets through, by requests.

        Raises:
            ClientError: neither gets through, or what did was lost.
            _TokenRefused: the server wants another access token.
        """
        while True:
            if not self._blocked:
                try:
                    async with aclosing(self._one_connection(token)) as events:
                        async for event in events:
                            yield event
                    raise Unreachable(Why.LOST)
                except Unreachable as error:
                    if self._heard or not self._may_be_blocked(error):
                        raise
                    _log.info("No WebSocket gets through: %s; requests are tried", error)
            async with aclosing(self._by_requests()) as happenings:
                async for happening in happenings:
                    yield happening
            # A WebSocket has got through.
            if self._blocked:
                self._blocked = False
                yield Way(plain=False)
            token = await self._access_token(None)

    def _may_be_blocked(self, error: Unreachable) -> bool:
        return self._read_page is not None and error.why in _PERHAPS_BLOCKED

    async def _one_connection(self, token: str) -> AsyncGenerator[Event, None]:
        """Yield the events of one connection until it ends.

        Raises:
            Unreachable: it could not be opened or was lost.
            _TokenRefused: the server wants another access token.
        """
        self._heard = False
        try:
            async with await self._connect() as socket, _saying_goodbye(socket):
                hello = await self._greet(socket, token)
                self._heard = True
                self._begin(hello)
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
            raise await self._diagnosed(error) from error
        except (InvalidHandshake, InvalidURI) as error:
            raise Unreachable(Why.UNAVAILABLE, str(error)) from error
        except (WebSocketException, OSError) as error:
            raise await self._diagnosed(error) from error

    async def _greet(self, socket: ClientConnection, token: str) -> Hello:
        await self._subscribe(socket, token)
        async with asyncio.timeout(HELLO_TIMEOUT_S):
            hello = self._read(await socket.recv())
        if not isinstance(hello, Hello):
            raise Misunderstood("the stream did not begin with hello")
        return hello

    def _begin(self, hello: Hello) -> None:
        self._last = hello.number if self._last is None or not hello.resumed else self._last
        self._pauses = self._new_pauses()

    # By requests

    async def _by_requests(self) -> AsyncGenerator[Way | Event, None]:
        """Yield events until a WebSocket gets through.

        Raises:
            ClientError: requests do not get through either, or no longer.
        """
        assert self._read_page is not None
        if not self._blocked:
            # After a loss while they are blocked, the pauses go on growing.
            self._look_pauses = self._looks()
        worker, looks = Worker(), asyncio.Queue[bool]()
        looking = asyncio.create_task(self._look(looks))
        hearing = asyncio.create_task(looks.get())
        asking = asyncio.create_task(worker.call(partial(self._read_page, self._last, 0)))
        greeted = False
        try:
            while True:
                await asyncio.wait((asking, hearing), return_when=asyncio.FIRST_COMPLETED)
                if hearing.done():
                    if hearing.result():
                        return
                    if not self._blocked:
                        self._blocked = True
                        yield Way(plain=True, proxy=await self._proxy())
                    hearing = asyncio.create_task(looks.get())
                if asking.done():
                    page = asking.result()
                    if not greeted or not page.resumed:
                        greeted = True
                        hello = page.hello()
                        self._begin(hello)
                        yield hello
                    for event in self._events_of(page):
                        yield event
                    self._last = page.number
                    asking = asyncio.create_task(self._next_page(worker))
        finally:
            for task in (looking, hearing, asking):
                task.cancel()
            await asyncio.gather(looking, hearing, asking, return_exceptions=True)
            worker.leave()

    async def _next_page(self, worker: Worker) -> NewsPage:
        assert self._read_page is not None
        await asyncio.sleep(PAGE_PAUSE_S)
        return await worker.call(partial(self._read_page, self._last, HELD_S))

    def _events_of(self, page: NewsPage) -> Iterator[Event]:
        for item in page.items:
            try:
                yield self._read(bytes(item))
            except Misunderstood as error:
                _log.warning("An event was not understood: %s", error)

    async def _look(self, looks: asyncio.Queue[bool]) -> None:
        """Try a WebSocket now and then; say that none gets through, or that one does and end."""
        for pause_s in self._look_pauses:
            await asyncio.sleep(pause_s)
            if await self._gets_through():
                looks.put_nowait(True)
                return
            if await self._is_reached():
                looks.put_nowait(False)

    async def _gets_through(self) -> bool:
        try:
            token = await self._access_token(None)
            async with await self._connect() as socket:
                await self._greet(socket, token)
                # The console stays: the server must not take this for a goodbye.
                await socket.close(CLOSE_GOING_AWAY)
        except (ClientError, WebSocketException, OSError) as error:
            _log.info("No WebSocket gets through: %s", error)
            return False
        return True

    async def _is_reached(self) -> bool:
        """Tell whether a request gets through now: in a lost network, none does."""
        assert self._read_page is not None
        try:
            await asyncio.get_running_loop().run_in_executor(None, self._read_page, None, 0)
        except ClientError:
            return False
        return True

    # The connection

    async def _proxy(self) -> str:
        proxy = await asyncio.to_thread(proxy_for, self._transport.server)
        return proxy.shown if proxy is not None else ""

    async def _diagnosed(self, error: Exception) -> Unreachable:
        return diagnose(error, await self._proxy())

    async def _connect(self) -> connect:
        server = self._transport.server
        # In a thread: loading the trusted issuers takes longer than a frame on the screen may.
        # So may asking the system for its proxy.
        loop = asyncio.get_running_loop()
        tls = await loop.run_in_executor(None, self._transport.tls)
        proxy = await loop.run_in_executor(None, proxy_url, server)
        return connect(
            f"ws{server.url.removeprefix('http')}{API_PATH}/events",
            ssl=tls,
            proxy=proxy,
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


def look_pauses() -> Iterator[float]:
    """Yield the pauses before each WebSocket that is tried where none has got through."""
    yield SECOND_LOOK_S
    pause_s = FIRST_LOOK_S
    while True:
        yield pause_s
        pause_s = min(2 * pause_s, LONGEST_LOOK_S)


@asynccontextmanager
async def _saying_goodbye(socket: ClientConnection) -> AsyncIterator[None]:
    """Tell the server when this console is closed, so that it does not take that for a loss."""
    try:
        yield
    except (asyncio.CancelledError, GeneratorExit):
        await socket.close()
        raise
