"""The relay: bytes between a session's applet and its technician, which the server cannot read.

Each side opens ``/api/v1/relay/SESSION`` as a WebSocket and first sends one text message,
``{"access_token": …}`` or ``{"applet_token": …}``. From then on text messages come from the server
only: ``{"kind": "peer"}`` when both sides are there, ``{"kind": "alone"}`` when the other has gone.
Binary messages pass through, whole and in order, at the pace of the slower side. Inside them the
two speak TLS with each other (see docs/architecture.md), so nothing is looked at here.
"""

import asyncio
import contextlib
from typing import Any

import msgspec
from litestar import WebSocket, websocket
from litestar.exceptions import WebSocketDisconnect
from litestar.handlers import WebsocketRouteHandler
from litestar.params import FromPath

from rescue_console.protocol.events import CLOSE_MALFORMED, CLOSE_TOKEN_REFUSED
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.protocol.unreadable import UNREADABLE
from rescue_console.server.refusals import Refusal
from rescue_console.server.routes.access import PUBLIC
from rescue_console.server.rules.activity import Activity
from rescue_console.server.rules.helping import Helping
from rescue_console.server.rules.sessions import Sessions
from rescue_console.server.rules.sign_in import SignIns

INTRODUCE_WITHIN_S = 10.0
AnySocket = WebSocket[Any, Any, Any]
_PEER = '{"kind":"peer"}'
_ALONE = '{"kind":"alone"}'


class Introduction(msgspec.Struct):
    """The first message of either side."""

    access_token: str = ""
    applet_token: str = ""


class Relay:
    """The pairs of sockets on this node."""

    def __init__(
        self, sign_ins: SignIns, sessions: Sessions, helping: Helping, activity: Activity
    ) -> None:
        self._sign_ins = sign_ins
        self._sessions = sessions
        self._helping = helping
        self._activity = activity
        self._sides: dict[tuple[str, bool], AnySocket] = {}

    async def serve(self, socket: AnySocket, session_id: str) -> None:
        """Carry one side's bytes to the other until the socket ends."""
        try:
            async with asyncio.timeout(INTRODUCE_WITHIN_S):
                text = await socket.receive_text()
            is_applet = await self._admit(
                msgspec.json.decode(text[:4_096], type=Introduction), session_id
            )
        except (*UNREADABLE, TimeoutError, KeyError):
            await socket.close(CLOSE_MALFORMED)
            return
        except Refusal:
            await socket.close(CLOSE_TOKEN_REFUSED)
            return
        if is_applet is None:
            await socket.close(CLOSE_TOKEN_REFUSED)
            return
        await self._carry(socket, session_id, is_applet=is_applet)

    async def _admit(self, said: Introduction, session_id: str) -> bool | None:
        """Return whether this is the applet's side, or None when it is neither side.

        Raises:
            Refusal: ``not-signed-in`` or ``not-found``.
        """
        if said.applet_token:
            known = await self._helping.applet_session(said.applet_token)
            return True if known == session_id else None
        caller, _ = await self._sign_ins.caller(said.access_token)
        session = await self._sessions.read(caller, session_id)
        holder = session.technician is not None and session.technician.id == caller.technician_id
        return False if holder and session.status is SessionStatus.ACTIVE else None

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
                    if peer is not None:
                        beat()
                        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                            await peer.send_bytes(data)
        except (WebSocketDisconnect, KeyError):
            pass
        finally:
            if self._sides.get(mine) is socket:
                del self._sides[mine]
                await self._say(theirs)

    async def _say(self, *sides: tuple[str, bool]) -> None:
        both = len(sides) == 2 and all(side in self._sides for side in sides)
        for side in sides:
            socket = self._sides.get(side)
            if socket is not None:
                with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                    await socket.send_text(_PEER if both else _ALONE)


async def _quietly_close(socket: AnySocket) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        await socket.close(1000)


def relay_route(relay: Relay) -> WebsocketRouteHandler:
    """Return the relay's route. Browsers have no business here: an Origin is refused."""

    @websocket("/relay/{session_id:str}", opt={PUBLIC: True})
    async def relay_socket(socket: AnySocket, session_id: FromPath[str]) -> None:
        if "origin" in socket.headers:
            await socket.close(4403)
            return
        await socket.accept()
        with contextlib.suppress(WebSocketDisconnect):
            await relay.serve(socket, session_id)

    return relay_socket
