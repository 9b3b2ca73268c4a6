"""The relay: bytes between a session's applet and its technician, which the server cannot read.

Each side opens ``/api/v1/relay/SESSION`` as a WebSocket and first sends one text message,
``{"access_token": …}`` or ``{"applet_token": …}``. After that, only the server sends text messages:
``{"kind": "peer"}`` when both sides are connected, ``{"kind": "alone"}`` when the other side is
not. Binary messages pass through, whole and in order, at the pace of the slower side. They carry
TLS between the two sides (see docs/architecture.md), so the server does not look into them.
A technician who is disabled or signed out, or no longer has the session, is disconnected at once;
so is a console without the session's seat (see ``rules/helping/seats.py``), by a code of its own.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from typing import Any

import msgspec
from litestar import WebSocket, websocket
from litestar.exceptions import WebSocketDisconnect
from litestar.handlers import WebsocketRouteHandler
from litestar.params import FromPath

from rescue_console.protocol.events import (
    CLOSE_GOING_AWAY,
    CLOSE_MALFORMED,
    CLOSE_TAKEN_OVER,
    CLOSE_TOKEN_REFUSED,
)
from rescue_console.protocol.holder import is_helping
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.protocol.unreadable import UNREADABLE
from rescue_console.server.door.welcome import welcome
from rescue_console.server.events.log import LoggedEvent
from rescue_console.server.events.stream import EventStream, Subscription
from rescue_console.server.refusals import Refusal, not_found
from rescue_console.server.routes.access import PUBLIC
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.access.sign_in import SignIns
from rescue_console.server.rules.helping.activity import Activity
from rescue_console.server.rules.helping.helping import Helping
from rescue_console.server.rules.helping.seats import Seats
from rescue_console.server.rules.sessions.sessions import Sessions
from rescue_console.server.storage.database import StorageError

INTRODUCE_WITHIN_S = 10.0
AnySocket = WebSocket[Any, Any, Any]
_log = logging.getLogger(__name__)
_PEER = '{"kind":"peer"}'
_ALONE = '{"kind":"alone"}'


class Introduction(msgspec.Struct):
    """The first message of either side."""

    access_token: str = ""
    applet_token: str = ""


class Relay:
    """Pairs the sockets of the two sides of each session on this node."""

    def __init__(
        self,
        sign_ins: SignIns,
        sessions: Sessions,
        seats: Seats,
        helping: Helping,
        activity: Activity,
        stream: EventStream,
    ) -> None:
        self._sign_ins = sign_ins
        self._sessions = sessions
        self._seats = seats
        self._helping = helping
        self._activity = activity
        self._stream = stream
        self._sides: dict[tuple[str, bool], AnySocket] = {}

    async def serve(self, socket: AnySocket, session_id: str) -> None:
        """Carry one side's bytes to the other until the socket ends."""
        try:
            async with asyncio.timeout(INTRODUCE_WITHIN_S):
                text = await socket.receive_text()
            caller = await self._admit(
                msgspec.json.decode(text[:4_096], type=Introduction), session_id
            )
        except (*UNREADABLE, TimeoutError, KeyError):
            await socket.close(CLOSE_MALFORMED)
            return
        except Refusal as refusal:
            await socket.close(_close_code(refusal))
            return
        welcome(socket.scope)
        if caller is None:
            await self._carry(socket, session_id, is_applet=True)
            return
        async with self._watch(socket, session_id, caller):
            await self._carry(socket, session_id, is_applet=False)

    async def _admit(self, said: Introduction, session_id: str) -> Caller | None:
        """Return the technician who connects, or ``None`` when it is the applet.

        Raises:
            Refusal: it is neither of the session's two sides; ``helped-elsewhere`` for a console
                while another has the seat.
        """
        if said.applet_token:
            if await self._helping.applet_session(said.applet_token) != session_id:
                raise not_found("session")
            return None
        caller, _ = await self._sign_ins.caller(said.access_token)
        session = await self._sessions.read(caller, session_id)
        helping = is_helping(session, caller.technician_id)
        if session.status is not SessionStatus.ACTIVE or not helping:
            raise not_found("session")
        await self._seats.sit(caller, session)
        return caller

    @contextlib.asynccontextmanager
    async def _watch(
        self, socket: AnySocket, session_id: str, caller: Caller
    ) -> AsyncIterator[None]:
        """While the block runs, close a technician's *socket* once they may no longer use it."""

        def concerns(event: LoggedEvent) -> bool:
            if event.kind == "me.changed":
                return caller.technician_id in event.technician_ids
            return event.session_id == session_id and event.kind == "session.changed"

        async with self._stream.subscribe(concerns) as subscription:
            watching = asyncio.create_task(
                self._close_in_time(socket, session_id, caller, subscription)
            )
            try:
                yield
            finally:
                watching.cancel()
                await asyncio.gather(watching, return_exceptions=True)

    async def _close_in_time(
        self, socket: AnySocket, session_id: str, caller: Caller, subscription: Subscription
    ) -> None:
        code = CLOSE_GOING_AWAY
        try:
            # Checked once before any event: things may have changed since the socket was admitted.
            while True:
                await self._check_stay(session_id, caller)
                if await subscription.queue.get() is None:
                    break
        except Refusal as refusal:
            code = _close_code(refusal)
        except StorageError as error:
            _log.warning("A relay is closed and must be opened again: %s", error)
        await self._leave(socket, (session_id, False))
        await _quietly_close(socket, code)

    async def _check_stay(self, session_id: str, caller: Caller) -> None:
        """Check that the technician may still use the relay from this console.

        Raises:
            Refusal: they may not; ``helped-elsewhere`` when another console has taken the seat.
        """
        session = await self._sessions.read(caller, session_id)
        helping = is_helping(session, caller.technician_id)
        if not helping or not await self._sign_ins.stands(caller):
            raise not_found("session")
        # A seat that has become free is not taken again: the console may be closing.
        if session.seat is not None:
            await self._seats.sit(caller, session)

    async def _carry(self, socket: AnySocket, session_id: str, *, is_applet: bool) -> None:
        mine, theirs = (session_id, is_applet), (session_id, not is_applet)
        earlier = self._sides.get(mine)
        self._sides[mine] = socket
        if earlier is not None:
            await _quietly_close(earlier)
        await self._say(mine, theirs)
        try:
            async with self._activity.pulse(session_id) as beat:
                while True:
                    data = await socket.receive_bytes()
                    peer = self._sides.get(theirs)
                    if peer is not None and self._sides.get(mine) is socket:
                        beat()
                        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                            await peer.send_bytes(data)
        except (WebSocketDisconnect, KeyError):
            pass
        finally:
            await self._leave(socket, mine)

    async def _leave(self, socket: AnySocket, side: tuple[str, bool]) -> None:
        """Tell the other side that *side* has gone, unless a newer socket has replaced *socket*."""
        if self._sides.get(side) is socket:
            del self._sides[side]
            await self._say((side[0], not side[1]))

    async def _say(self, *sides: tuple[str, bool]) -> None:
        both = len(sides) == 2 and all(side in self._sides for side in sides)
        for side in sides:
            socket = self._sides.get(side)
            if socket is not None:
                with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                    await socket.send_text(_PEER if both else _ALONE)


def _close_code(refusal: Refusal) -> int:
    elsewhere = refusal.word == ProblemWord.HELPED_ELSEWHERE
    return CLOSE_TAKEN_OVER if elsewhere else CLOSE_TOKEN_REFUSED


async def _quietly_close(socket: AnySocket, code: int = 1000) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        await socket.close(code)


def relay_route(relay: Relay) -> WebsocketRouteHandler:
    """Return the relay's route. It is not for browsers: a request with an Origin is refused."""

    @websocket("/relay/{session_id:str}", opt={PUBLIC: True})
    async def relay_socket(socket: AnySocket, session_id: FromPath[str]) -> None:
        if "origin" in socket.headers:
            await socket.close(4403)
            return
        await socket.accept()
        with contextlib.suppress(WebSocketDisconnect):
            await relay.serve(socket, session_id)

    return relay_socket
