"""The applet's connection to the server for the session itself: states, consent, signals.

See ``protocol/customer.py`` for what the two sides say. After a loss the connection is opened again
by itself, and what the customer has answered in the meantime is sent then.
"""

import asyncio
import logging
import random
import ssl
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from rescue_console.network.errors import ClientError
from rescue_console.network.pauses import growing_pauses
from rescue_console.network.server_address import ServerAddress
from rescue_console.network.way_out import proxy_url
from rescue_console.protocol.customer import (
    Answered,
    CustomerState,
    Leaves,
    PageOpen,
    StaysOn,
    ToCustomer,
)
from rescue_console.protocol.events import CLOSE_TOKEN_REFUSED
from rescue_console.protocol.powers import Power
from rescue_console.protocol.unreadable import UNREADABLE

LIVE_PATH = "/Customer/Live"
OPEN_WITHIN_S = 15.0
LONGEST_PAUSE_S = 10.0
BLOCKED_AFTER = 2
"""How many WebSockets in a row must have failed before they may count as blocked."""

_MESSAGE_MAX = 256 * 1024
_ALL_CHAT_SEEN = 2**53
"""The page shows the chat. A server of version 0.1 would send it to the applet, too."""

_log = logging.getLogger(__name__)
_decode = msgspec.json.Decoder(ToCustomer).decode


class Lost(msgspec.Struct, frozen=True):
    """The connection is down; ``Live`` keeps trying to open it again."""

    blocked: bool = False
    """Whether the server answers plain requests, but no WebSocket gets through."""


class Live:
    """The connection of the applet that the server knows by *token*.

    Args:
        returned: Whether the applet is back after a restart; repeated until the server knows.
        reaches: Tells whether the server answers a plain request now; blocks.
    """

    def __init__(
        self,
        server: ServerAddress,
        token: str,
        language: str,
        tls: ssl.SSLContext | None,
        pauses: Callable[[], Iterator[float]] = lambda: growing_pauses(
            random.random, first_s=0.5, longest_s=LONGEST_PAUSE_S
        ),
        *,
        returned: bool = False,
        reaches: Callable[[], bool] = lambda: False,
    ) -> None:
        self._server = server
        self._token = token
        self._language = language
        self._tls = tls
        self._new_pauses = pauses
        self._answers: dict[Power, bool] = {}
        self._stays_on: StaysOn | None = None
        self._leaves = False
        self._returned = returned
        self._reaches = reaches
        self._to_say = asyncio.Event()

    def answer(self, power: Power, *, granted: bool) -> None:
        """Tell the server that the customer grants *power*, or denies it or takes it back."""
        self._answers[power] = granted
        self._to_say.set()

    def stays_on(self, said: StaysOn) -> None:
        """Tell the server that the restart does not happen."""
        self._stays_on = said
        self._to_say.set()

    def leave(self) -> None:
        """Tell the server that the customer ends the session."""
        self._leaves = True
        self._to_say.set()

    async def follow(self) -> AsyncGenerator[ToCustomer | Lost, None]:
        """Yield what the server says until the session is over."""
        pauses = self._new_pauses()
        unheard = 0
        while True:
            unheard += 1
            try:
                async with await self._connect() as socket, aclosing(self._listen(socket)) as said:
                    async for message in said:
                        pauses = self._new_pauses()
                        unheard = 0
                        yield message
                        if isinstance(message, CustomerState) and message.over:
                            return
            except ConnectionClosed as closed:
                if closed.rcvd is not None and closed.rcvd.code == CLOSE_TOKEN_REFUSED:
                    return
                _log.info("The connection to the server was lost: %s", closed)
            except (ClientError, TimeoutError, WebSocketException, OSError, *UNREADABLE) as error:
                _log.info("The server cannot be reached: %s", error)
            yield Lost(blocked=await self._is_blocked(unheard))
            await asyncio.sleep(next(pauses))

    async def _is_blocked(self, unheard: int) -> bool:
        return unheard >= BLOCKED_AFTER and await asyncio.to_thread(self._reaches)

    async def _connect(self) -> connect:
        # In a thread: the system may take seconds to name its proxy.
        proxy = await asyncio.to_thread(proxy_url, self._server)
        return connect(
            f"ws{self._server.url.removeprefix('http')}{LIVE_PATH}",
            ssl=self._tls,
            additional_headers={"Accept-Language": self._language},
            proxy=proxy,
            open_timeout=OPEN_WITHIN_S,
            close_timeout=1,
            max_size=_MESSAGE_MAX,
        )

    async def _listen(self, socket: ClientConnection) -> AsyncGenerator[ToCustomer, None]:
        opening = PageOpen(token=self._token, chat_after=_ALL_CHAT_SEEN, returned=self._returned)
        await socket.send(msgspec.json.encode(opening).decode())
        speaking: asyncio.Task[None] | None = None
        try:
            while True:
                message = _decode(await socket.recv())
                self._returned = False
                yield message
                # The server accepts answers only once it knows the applet.
                speaking = speaking or asyncio.create_task(self._speak(socket))
        finally:
            if speaking is not None:
                speaking.cancel()
                await asyncio.gather(speaking, return_exceptions=True)

    async def _speak(self, socket: ClientConnection) -> None:
        while True:
            if self._answers or self._stays_on or self._leaves:
                self._to_say.set()
            await self._to_say.wait()
            self._to_say.clear()
            for power, granted in list(self._answers.items()):
                said = Answered(power=power, granted=granted)
                await socket.send(msgspec.json.encode(said).decode())
                if self._answers.get(power) is granted:
                    del self._answers[power]
            if (stays_on := self._stays_on) is not None:
                await socket.send(msgspec.json.encode(stays_on).decode())
                self._stays_on = None
            if self._leaves:
                await socket.send(msgspec.json.encode(Leaves()).decode())
                return
