"""``/Customer/Live``: tells an open page where its session stands, and the rules that it is open.

See ``protocol/customer`` for what the two sides say.
"""

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from typing import Any

import msgspec
from litestar import WebSocket
from litestar.di import NamedDependency
from litestar.exceptions import WebSocketDisconnect
from litestar.handlers import websocket

from rescue_console.protocol.customer import CustomerState, PageOpen
from rescue_console.protocol.events import (
    CLOSE_GOING_AWAY,
    CLOSE_MALFORMED,
    CLOSE_TOKEN_REFUSED,
)
from rescue_console.server.events.log import LoggedEvent
from rescue_console.server.events.stream import EventStream, Subscription
from rescue_console.server.pages.origin import is_own_socket
from rescue_console.server.pages.render import Pages
from rescue_console.server.pages.states import link_state, room_state
from rescue_console.server.pages.visit import CUSTOMER_COOKIE, language_of
from rescue_console.server.routes.access import PUBLIC
from rescue_console.server.rules.customers import Customers, CustomerView
from rescue_console.server.rules.presence import Presence
from rescue_console.server.storage.database import StorageError

OPENING_S = 10.0
"""How long a page may take to say which session it shows."""

REPEAT_S = 20.0
"""How often the state is sent again, so that the page notices a dead line."""

_MESSAGE_MAX = 1_000
_CLOSE_FINISHED = 1000
_CLOSE_FORBIDDEN = 4403

AnySocket = WebSocket[Any, Any, Any]
_decode = msgspec.json.Decoder(PageOpen).decode
_log = logging.getLogger(__name__)
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True)
class LivePages:
    """What the live route needs."""

    customers: Customers
    presence: Presence
    stream: EventStream
    pages: Pages
    public_url: str


@websocket("/Customer/Live", opt={PUBLIC: True})
async def live(socket: AnySocket, live_pages: NamedDependency[LivePages]) -> None:
    """Follow one page for as long as it is open."""
    if not is_own_socket(socket.headers, live_pages.public_url):
        await socket.close(_CLOSE_FORBIDDEN)
        return
    await socket.accept()
    with contextlib.suppress(WebSocketDisconnect):
        opening = await _opening(socket)
        if opening is None:
            await socket.close(CLOSE_MALFORMED)
            return
        page = _Page(socket, live_pages, joined=not opening.code)
        customer = await page.introduce(opening)
        if customer is None:
            await socket.close(CLOSE_TOKEN_REFUSED)
            return
        await page.follow(customer.session_id)


async def _opening(socket: AnySocket) -> PageOpen | None:
    """Return what the page says first, or None when that is not a PageOpen in time."""
    try:
        async with asyncio.timeout(OPENING_S):
            text = await socket.receive_text()
        return _decode(text) if len(text) <= _MESSAGE_MAX else None
    except (TimeoutError, KeyError, msgspec.DecodeError):
        return None


class _Page:
    """One open page: a join page, or the waiting room of a browser that has joined."""

    def __init__(self, socket: AnySocket, live_pages: LivePages, *, joined: bool) -> None:
        self._socket = socket
        self._customers = live_pages.customers
        self._presence = live_pages.presence
        self._stream = live_pages.stream
        self._joined = joined
        self._texts = live_pages.pages.texts(language_of(socket))

    async def introduce(self, opening: PageOpen) -> CustomerView | None:
        """Note that the page is open; return its session, or None when it is not known."""
        # Looked up before anything is written: strangers must not hold up the database's writers.
        if self._joined:
            token = self._socket.cookies.get(CUSTOMER_COOKIE)
            known = await self._customers.by_token(token)
            return await self._customers.came_back(token) if known and token else None
        if await self._customers.by_link(opening.code, opening.key) is None:
            return None
        return await self._customers.page_opened(opening.code, opening.key, opening.platform)

    async def follow(self, session_id: str) -> None:
        """Send the state now and at every change, until it is final or the page is gone."""

        def concerns(event: LoggedEvent) -> bool:
            return event.session_id == session_id

        async with self._stream.subscribe(concerns) as subscription:
            with self._presence.page(session_id):
                telling = asyncio.create_task(self._tell(session_id, subscription))
                leaving = asyncio.create_task(self._until_gone())
                try:
                    await asyncio.wait({telling, leaving}, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    telling.cancel()
                    leaving.cancel()
                    ends = await asyncio.gather(telling, leaving, return_exceptions=True)
        await self._finish(ends)

    async def _tell(self, session_id: str, subscription: Subscription) -> int:
        """Send states; return the close code with which it ended."""
        while True:
            try:
                customer = await self._customers.view(session_id)
            except StorageError:
                _log.warning("Reading a session for its page failed; the page comes back.")
                return CLOSE_GOING_AWAY
            if customer is None:
                return CLOSE_TOKEN_REFUSED
            await self._socket.send_text(_encode(self._state(customer)))
            if customer.over or not (self._joined or customer.joinable):
                return _CLOSE_FINISHED
            try:
                async with asyncio.timeout(REPEAT_S):
                    if await subscription.queue.get() is None:
                        return CLOSE_GOING_AWAY
            except TimeoutError:
                continue

    async def _until_gone(self) -> None:
        with contextlib.suppress(WebSocketDisconnect, KeyError):
            while True:
                await self._socket.receive_text()

    async def _finish(self, ends: tuple[int | BaseException, BaseException | None]) -> None:
        """Close with the code that telling ended with; an unexpected error goes on up."""
        code, _ = ends
        if isinstance(code, int):
            await self._socket.close(code)
        for end in ends:
            if isinstance(end, Exception) and not isinstance(end, WebSocketDisconnect):
                raise end

    def _state(self, customer: CustomerView) -> CustomerState:
        make = room_state if self._joined else link_state
        return make(customer, self._texts)
