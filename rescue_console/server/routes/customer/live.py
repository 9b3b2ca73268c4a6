"""``/Customer/Live``: tells an open page its session's state, and the rules that the page is open.

The applet uses it in the same way. See ``protocol/customer.py`` for the messages.
"""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import msgspec
from litestar import WebSocket
from litestar.di import NamedDependency
from litestar.exceptions import WebSocketDisconnect
from litestar.handlers import websocket

from rescue_console.protocol.customer import (
    CustomerState,
    FromCustomer,
    PageOpen,
    Side,
)
from rescue_console.protocol.events import (
    CLOSE_GOING_AWAY,
    CLOSE_MALFORMED,
    CLOSE_TOKEN_REFUSED,
)
from rescue_console.protocol.unreadable import UNREADABLE
from rescue_console.server.door.welcome import welcome
from rescue_console.server.events.log import (
    CHAT_SAID,
    SIGNAL_SENT,
    SIGNAL_TO_CUSTOMER,
    LoggedEvent,
)
from rescue_console.server.events.stream import EventStream, Subscription
from rescue_console.server.pages.origin import is_own_socket
from rescue_console.server.pages.render import Pages
from rescue_console.server.pages.visit import CUSTOMER_COOKIE, language_of
from rescue_console.server.routes.access import PUBLIC
from rescue_console.server.routes.customer.introduction import (
    introduce,
    look,
    state_of,
    unseen_chat,
)
from rescue_console.server.routes.customer.messages import for_customer, receive
from rescue_console.server.rules.clockwork.presence import Presence
from rescue_console.server.rules.helping.activity import Activity
from rescue_console.server.rules.helping.customers import Customers, CustomerView
from rescue_console.server.rules.helping.helping import Helping
from rescue_console.server.rules.helping.rate_limit import RateLimit
from rescue_console.server.storage.database import StorageError
from rescue_console.server.storage.uncut import uncut

OPENING_S = 10.0
"""How long a page may take to say which session it shows, in seconds."""

REPEAT_S = 20.0
"""How often the state is sent again, in seconds, so that the page notices a dead connection."""

_MESSAGE_MAX = 1_000
_CLOSE_FINISHED = 1000
_CLOSE_TRY_LATER = 1013
_CLOSE_FORBIDDEN = 4403

AnySocket = WebSocket[Any, Any, Any]
_decode = msgspec.json.Decoder(FromCustomer).decode
_log = logging.getLogger(__name__)
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True)
class LivePages:
    """The parts that the live route needs."""

    customers: Customers
    presence: Presence
    stream: EventStream
    pages: Pages
    helping: Helping
    activity: Activity
    rate_limit: RateLimit
    public_url: str


@websocket("/Customer/Live", opt={PUBLIC: True})
async def live(socket: AnySocket, live_pages: NamedDependency[LivePages]) -> None:
    """Follow one page for as long as it is open."""
    from_page = "origin" in socket.headers
    if from_page and not is_own_socket(
        socket.headers, live_pages.public_url, socket.scope["scheme"]
    ):
        await socket.close(_CLOSE_FORBIDDEN)
        return
    await socket.accept()
    with contextlib.suppress(WebSocketDisconnect):
        opening = await _opening(socket)
        if opening is None:
            await socket.close(CLOSE_MALFORMED)
            return
        # Only the applet has a token; a page is known by its cookie or its link.
        if from_page == bool(opening.token):
            await socket.close(CLOSE_TOKEN_REFUSED)
            return
        page = _Page(socket, live_pages, opening)
        session_id = await page.introduce()
        if session_id is None:
            await socket.close(CLOSE_TOKEN_REFUSED)
            return
        if not await page.counts():
            await socket.close(_CLOSE_FINISHED)
            return
        if live_pages.presence.is_crowded(session_id):
            await socket.close(_CLOSE_TRY_LATER)
            return
        welcome(socket.scope)
        await page.follow(session_id)


async def _opening(socket: AnySocket) -> PageOpen | None:
    """Return the page's first message, or ``None`` if it is late or not a ``PageOpen``."""
    try:
        async with asyncio.timeout(OPENING_S):
            text = await socket.receive_text()
        opening = _decode(text) if len(text) <= _MESSAGE_MAX else None
        return opening if isinstance(opening, PageOpen) else None
    except (*UNREADABLE, TimeoutError, KeyError):
        return None


class _Page:
    """One connection: of a join page, of a waiting room, or of the applet."""

    def __init__(self, socket: AnySocket, live_pages: LivePages, opening: PageOpen) -> None:
        self._socket = socket
        self._customers = live_pages.customers
        self._presence = live_pages.presence
        self._stream = live_pages.stream
        self._helping = live_pages.helping
        self._activity = live_pages.activity
        self._rate_limit = live_pages.rate_limit
        self._opening = opening
        self._joined = bool(opening.token) or not opening.code
        self._side = Side.APPLET if opening.token else Side.PAGE
        self._in_browser = self._joined and self._side is Side.PAGE
        self._texts = live_pages.pages.texts(language_of(socket, live_pages.pages.languages))

    async def introduce(self) -> str | None:
        """Note that the page is open; return its session's id, or ``None`` if there is none."""
        if self._opening.token:
            return await self._helping.applet_came(
                self._opening.token, returned=self._opening.returned
            )
        token = self._socket.cookies.get(CUSTOMER_COOKIE)
        customer = await introduce(self._customers, None, self._opening, token, anew=True)
        return customer.session_id if customer else None

    async def counts(self) -> bool:
        """Tell whether the page counts as the customer's; if it does not, it is sent the reason.

        Whoever only has a link that no longer lets anybody in is not the customer, and must not
        make a lost customer seem to be there.
        """
        if self._joined:
            return True
        customer = await self._customers.by_link(self._opening.code, self._opening.key)
        if customer is None or customer.joinable:
            return customer is not None
        await self._socket.send_text(_encode(self._state(customer)))
        return False

    async def follow(self, session_id: str) -> None:
        """Send the state now and at every change, until it is final or the page has gone."""

        def concerns(event: LoggedEvent) -> bool:
            return event.session_id == session_id

        with self._presence.page(session_id, room=self._in_browser):
            async with self._stream.subscribe(concerns) as subscription, self._applet(session_id):
                telling = asyncio.create_task(self._tell(session_id, subscription))
                leaving = asyncio.create_task(self._until_gone(session_id))
                try:
                    await asyncio.wait({telling, leaving}, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    telling.cancel()
                    leaving.cancel()
                    ends = await asyncio.gather(telling, leaving, return_exceptions=True)
        await self._finish(ends)

    @contextlib.asynccontextmanager
    async def _applet(self, session_id: str) -> AsyncIterator[None]:
        """While the block runs, let everybody know that the applet is connected, if it is one."""
        if not self._opening.token:
            yield
            return
        socket_id = secrets.token_hex(16)
        await self._helping.applet_connected(session_id, connected=True, socket_id=socket_id)
        try:
            yield
        finally:
            with contextlib.suppress(StorageError):
                await self._helping.applet_connected(
                    session_id, connected=False, socket_id=socket_id
                )

    async def _tell(self, session_id: str, subscription: Subscription) -> int:
        """Send states, chat and signals until there is no more to send; return the close code."""
        if self._in_browser:
            for told in await unseen_chat(self._helping, session_id, self._opening):
                await self._socket.send_text(_encode(told))
        while True:
            try:
                customer = await look(
                    self._customers, session_id, self._opening, joined=self._joined
                )
            except StorageError:
                _log.warning("Reading a session for its page failed; the page will reconnect.")
                return CLOSE_GOING_AWAY
            if customer is None:
                return CLOSE_TOKEN_REFUSED
            await self._socket.send_text(_encode(self._state(customer)))
            if customer.over or not (self._joined or customer.joinable):
                return _CLOSE_FINISHED
            if not await self._pass_on(subscription):
                return CLOSE_GOING_AWAY

    async def _pass_on(self, subscription: Subscription) -> bool:
        """Send chat and signals until the state is due again.

        Returns:
            False when the server ends the subscription.
        """
        until_s = asyncio.get_running_loop().time() + REPEAT_S
        while True:
            try:
                async with asyncio.timeout_at(until_s):
                    event = await subscription.queue.get()
            except TimeoutError:
                return True
            if event is None:
                return False
            if event.kind not in (CHAT_SAID, SIGNAL_TO_CUSTOMER):
                if event.kind != SIGNAL_SENT:
                    return True
            elif self._joined and (said := for_customer(event, self._side)) is not None:
                await self._socket.send_text(_encode(said))

    async def _until_gone(self, session_id: str) -> None:
        now_s = asyncio.get_running_loop().time
        with contextlib.suppress(WebSocketDisconnect, KeyError):
            while True:
                text = await self._socket.receive_text()
                if self._joined:
                    # A customer's last message counts, even if the page goes at that moment.
                    said = receive(self._helping, self._activity, session_id, text, self._side)
                    answer = await uncut(said)
                    if answer is not None:
                        await self._socket.send_text(_encode(answer))
                await asyncio.sleep(self._rate_limit.wait_s(session_id, now_s(), len(text)))

    async def _finish(self, ends: tuple[int | BaseException, BaseException | None]) -> None:
        """Close with the code that ``_tell`` returned, and raise any unexpected error."""
        code, _ = ends
        if isinstance(code, int):
            await self._socket.close(code)
        for end in ends:
            if isinstance(end, Exception) and not isinstance(end, WebSocketDisconnect):
                raise end

    def _state(self, customer: CustomerView) -> CustomerState:
        return state_of(customer, self._presence, self._texts, joined=self._joined)
