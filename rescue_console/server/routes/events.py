"""The WebSocket route of the event stream; ``protocol/events.py`` describes its messages."""

import asyncio
import contextlib
import logging
from datetime import datetime
from typing import Any

import msgspec
from litestar import WebSocket, websocket
from litestar.exceptions import WebSocketDisconnect
from litestar.handlers import WebsocketRouteHandler

from rescue_console.protocol.events import (
    CLOSE_GOING_AWAY,
    CLOSE_MALFORMED,
    CLOSE_TOKEN_REFUSED,
    CLOSE_TOO_MANY,
    CLOSE_TOO_SLOW,
    Hello,
    Subscribe,
)
from rescue_console.protocol.unreadable import UNREADABLE
from rescue_console.server.clock import Clock
from rescue_console.server.door.welcome import welcome
from rescue_console.server.events.frames import frame_writer
from rescue_console.server.events.log import LoggedEvent
from rescue_console.server.events.stream import EventStream, Subscription
from rescue_console.server.pages.origin import is_own_socket
from rescue_console.server.refusals import Refusal
from rescue_console.server.routes.access import PUBLIC
from rescue_console.server.routes.event_pages import may_know
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.access.computers import note_computer
from rescue_console.server.rules.access.sign_in import SignIns
from rescue_console.server.rules.clockwork.attendance import Attendance
from rescue_console.server.rules.helping.seats import Seats
from rescue_console.server.storage.database import Database, StorageError

SUBSCRIBE_WITHIN_S = 10.0
_CLOSE_NORMAL = 1000
_MESSAGE_MAX = 4_096
_log = logging.getLogger(__name__)
_decoder = msgspec.json.Decoder(Subscribe)


class ConsoleStream:
    """One console's connection: who is signed in, what they may see, and until when."""

    def __init__(
        self,
        socket: WebSocket[Any, Any, Any],
        sign_ins: SignIns,
        stream: EventStream,
        database: Database,
        clock: Clock,
        attendance: Attendance,
        seats: Seats,
    ) -> None:
        self._socket = socket
        self._sign_ins = sign_ins
        self._stream = stream
        self._database = database
        self._clock = clock
        self._attendance = attendance
        self._seats = seats
        self._caller: Caller
        self._token = ""
        self._expires_at: datetime
        self._write_frame = frame_writer(socket.scope)
        self._idle = False
        self._sent = 0
        self._closed = False
        """Whether the console has closed the connection, rather than lost it."""

    async def run(self) -> None:
        """Serve the connection until it ends; say why with a close code."""
        try:
            await self._serve()
        except WebSocketDisconnect:
            return  # nobody is left to send a close code to
        except (*UNREADABLE, TimeoutError, ValueError):
            await self._socket.close(CLOSE_MALFORMED, "send a subscribe message")
        except Refusal:
            await self._socket.close(CLOSE_TOKEN_REFUSED, "access token refused")
        except StorageError as error:
            _log.warning("An event stream is closed and must be resumed: %s", error)
            await self._socket.close(CLOSE_GOING_AWAY, "come back and resume")

    async def _serve(self) -> None:
        async with asyncio.timeout(SUBSCRIBE_WITHIN_S):
            first = await self._receive()
        await self._admit(first.access_token)
        if not self._attendance.has_room(self._caller.sign_in_id):
            await self._socket.close(CLOSE_TOO_MANY, "too many event streams of this sign-in")
            return
        welcome(self._socket.scope)
        # Counted before anything else is awaited, so that no others can get past the limit with it.
        with self._attendance.console(self._caller.technician_id, self._caller.sign_in_id):
            if first.computer:
                await note_computer(self._database, self._caller.sign_in_id, first.computer)
            async with self._stream.subscribe(self._wants, self._write_at_once) as subscription:
                await self._follow(first.after, subscription)
        if self._closed and not self._attendance.is_connected(self._caller.sign_in_id):
            await self._seats.leave(self._caller)

    async def _follow(self, after: int | None, subscription: Subscription) -> None:
        self._sent = await self._catch_up(after)
        reader = asyncio.create_task(self._read())
        writer = asyncio.create_task(self._write(subscription))
        done, pending = await asyncio.wait((reader, writer), return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
        for task in done:
            task.result()

    def _wants(self, event: LoggedEvent) -> bool:
        return may_know(self._caller, event)

    async def _admit(self, token: str) -> None:
        self._caller, self._expires_at = await self._sign_ins.caller(token)
        self._token = token

    async def _catch_up(self, after: int | None) -> int:
        """Send ``Hello`` and the events missed; return the number of the last event considered."""
        now_at, resumed = await self._stream.position(after)
        await self._send(
            msgspec.json.encode(Hello(number=now_at, resumed=resumed, server_time=self._clock()))
        )
        if after is None or not resumed:
            return now_at
        number = after
        while number < now_at:
            missed = await self._stream.read_batch(number)
            if not missed:
                break
            for event in missed:
                number = event.number
                if self._wants(event):
                    await self._send(event.message)
        return max(number, now_at)

    def _write_at_once(self, event: LoggedEvent) -> bool:
        """Write *event* without waiting for a task; return False if it must be queued instead."""
        if not self._idle or event.kind == "me.changed":
            return False
        return event.number <= self._sent or self._write_frame(event.frame)

    async def _write(self, subscription: Subscription) -> None:
        """Send the events that could not be written at once."""
        while True:
            event = await self._next(subscription)
            if event is None:
                code = CLOSE_TOO_SLOW if subscription.too_slow else CLOSE_GOING_AWAY
                await self._socket.close(code, "come back and resume")
                return
            if event.number <= self._sent:
                continue
            if event.kind == "me.changed":
                await self._admit(self._token)
            # Checked again: what the console may see can have changed since the event was queued.
            if self._wants(event):
                await self._send(event.message)

    async def _next(self, subscription: Subscription) -> LoggedEvent | None:
        """Return the next event; whenever the token's time is up, check for a renewed one.

        Raises:
            Refusal: the token has expired and the console has not sent a renewed one.
        """
        while True:
            left_s = (self._expires_at - self._clock()).total_seconds()
            self._idle = True
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(max(left_s, 0.01)):
                    try:
                        return await subscription.queue.get()
                    finally:
                        self._idle = False
            await self._admit(self._token)

    async def _read(self) -> None:
        """Accept renewed tokens until the console has gone."""
        try:
            while True:
                message = await self._receive()
                await self._admit(message.access_token)
        except WebSocketDisconnect as gone:
            self._closed = gone.code == _CLOSE_NORMAL

    async def _receive(self) -> Subscribe:
        try:
            text = await self._socket.receive_text()
        except KeyError:  # it was sent as bytes
            raise ValueError("not a text message") from None
        if len(text) > _MESSAGE_MAX:
            raise ValueError("message too long")
        return _decoder.decode(text)

    async def _send(self, message: bytes) -> None:
        try:
            await self._socket.send_text(message.decode())
        except RuntimeError as error:
            # uvicorn raises this for a connection that it has just found dead and closed.
            raise WebSocketDisconnect(detail="the console has gone") from error


def events_route(
    sign_ins: SignIns,
    stream: EventStream,
    database: Database,
    clock: Clock,
    attendance: Attendance,
    seats: Seats,
    public_url: str,
) -> WebsocketRouteHandler:
    """Return the route of the event stream."""

    @websocket("/events", opt={PUBLIC: True})
    async def events(socket: WebSocket[Any, Any, Any]) -> None:
        own = "origin" not in socket.headers or is_own_socket(
            socket.headers, public_url, socket.scope["scheme"]
        )
        if not own:
            await socket.close(4403, "origin not allowed")
            return
        await socket.accept()
        with contextlib.suppress(WebSocketDisconnect):
            console = ConsoleStream(socket, sign_ins, stream, database, clock, attendance, seats)
            await console.run()

    return events
