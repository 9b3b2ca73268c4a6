"""uvicorn's HTTP protocol, with limits for what a request's head, its body and reading may cost.

uvicorn keeps a head for as long as it grows and waits for it for ever; a body, too. Here, heads end
at HEAD_MAX, and each phase of a request has its deadline, however steadily bytes trickle in.
"""

import asyncio
from asyncio import TimerHandle
from collections.abc import Callable
from typing import Any, Final

import httptools
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.server import ServerState

from rescue_console.server.door.crowd import Crowd, Guest
from rescue_console.server.door.transport_security import TRANSPORT_SECURITY

HEAD_MAX: Final = 32_768
"""The largest request line and headers together, in bytes. Proxies and browsers at work add up to
16 kB of tickets and cookies."""

HEADERS_MAX: Final = 100
_SLICE: Final = 4_096
"""How much is parsed before what the parser keeps is looked at."""

PIPELINED_MAX: Final = 16
"""How many requests may be sent ahead of their answers."""

HEAD_WITHIN_S: Final = 15.0
"""How long a request's head may take, from the connection's beginning or the answer before."""

BODY_WITHIN_S: Final = 30.0
READ_WITHIN_S: Final = 60.0
"""How long the other side may leave what waits for it unread: 64 kB at most, and then all."""

LINGER_S: Final = 2.0
LINGER_BYTES: Final = 4_194_304
"""How long, and for how much, the other side is listened to after a refusal. It is thrown away, but
closing at once would take the answer from those who are still sending."""


class _HeadRefused(Exception):
    """The head is larger than allowed."""


class GuardedProtocol(HttpToolsProtocol):
    """One connection, until it becomes a WebSocket."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        crowd: Crowd,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._crowd = crowd
        self._guest: Guest | None = None
        self._deadline: TimerHandle | None = None
        self._reading: TimerHandle | None = None
        self._head_size = 0
        self._headers = 0
        self._unparsed = 0
        """Bytes taken since the parser last gave something out: it keeps what is not whole."""
        self._in_message = False
        self._refused = False
        self._ignored = 0

    # What the transport says

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        connection = transport.get_extra_info("socket")
        if connection is not None:
            self._guest = self._crowd.find(connection.fileno())
        self._within(HEAD_WITHIN_S, self._head_is_late)

    def connection_lost(self, exc: Exception | None) -> None:
        """End all waiting."""
        self._stop(self._deadline)
        self._stop(self._reading)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse *data*, unless it is too much or the connection has been refused."""
        if self._refused:
            self._ignored += len(data)
            if self._ignored > LINGER_BYTES:
                self.transport.abort()
            return
        self._unset_keepalive_if_required()
        for start in range(0, len(data), _SLICE):
            if self._refused or not self._feed(data[start : start + _SLICE]):
                return

    def _feed(self, data: bytes) -> bool:
        """Parse *data*; return whether more may follow."""
        given_out = self._given_out
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            if self._should_upgrade():
                self.handle_websocket_upgrade()
            else:
                self._unsupported_upgrade_warning()
            return False
        except httptools.HttpParserError as error:
            if isinstance(error.__context__, _HeadRefused):
                self._refuse(431, "The request's head is too large.")
            else:
                self.logger.warning("Invalid HTTP request received.")
                self._refuse(400, "Invalid HTTP request received.")
            return False
        self._unparsed = self._unparsed + len(data) if self._given_out == given_out else 0
        if self._unparsed > HEAD_MAX:
            self._refuse(431, "The request's head is too large.")
        return True

    def pause_writing(self) -> None:
        """Give the other side a while to read."""
        super().pause_writing()
        self._stop(self._reading)
        self._reading = self.loop.call_later(READ_WITHIN_S, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on; the other side has read."""
        self._stop(self._reading)
        super().resume_writing()

    # What the parser says

    _given_out = 0

    def on_message_begin(self) -> None:
        """Begin with a request."""
        super().on_message_begin()
        self._in_message = True
        self._head_size = self._headers = 0

    def on_url(self, url: bytes) -> None:
        """Add a part of the URL."""
        self._given_out += 1
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Add a header, or one that follows the body: those count, too."""
        self._given_out += 1
        self._headers += 1
        self._count(len(name) + len(value))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Hand the request over; its body has a deadline of its own."""
        self._given_out += 1
        if len(self.pipeline) >= PIPELINED_MAX:
            raise _HeadRefused
        self._within(BODY_WITHIN_S, self._body_is_late)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Add a part of the body."""
        self._given_out += 1
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Leave the request to the application for as long as that takes."""
        self._given_out += 1
        self._in_message = False
        self._stop(self._deadline)
        super().on_message_complete()
        if self.cycle is not None and self.cycle.response_complete:
            self._wait_for_another()
        else:
            self._note(waiting=False)

    def on_response_complete(self) -> None:
        """Wait for another request, or for the other side to read the last answer."""
        super().on_response_complete()
        if self.transport.is_closing():
            self._within(READ_WITHIN_S, self.transport.abort)
        elif not self._in_message and self.cycle.response_complete:
            self._wait_for_another()

    def handle_websocket_upgrade(self) -> None:
        """Hand the connection over to the WebSocket protocol, which has its own deadlines."""
        self._stop(self._deadline)
        self._stop(self._reading)
        # It waits until its other side has said who it is; see welcome.
        self._note(waiting=True)
        super().handle_websocket_upgrade()
        upgraded = self.transport.get_protocol()
        if not getattr(upgraded, "handshake_initiated", True):
            # The library for WebSockets has stricter limits, or there is a body, and uvicorn would
            # leave the connection without an answer, for ever.
            self._write_answer(400, "This is no request for a WebSocket.")
            self.transport.close()

    def timeout_keep_alive_handler(self) -> None:
        """Close an idle connection, whether or not the other side reads the rest."""
        super().timeout_keep_alive_handler()
        self._within(LINGER_S, self.transport.abort)

    # Limits

    def _count(self, size: int) -> None:
        self._head_size += size
        if self._head_size > HEAD_MAX or self._headers > HEADERS_MAX:
            raise _HeadRefused

    def _wait_for_another(self) -> None:
        self._note(waiting=True)
        self._within(HEAD_WITHIN_S, self._head_is_late)

    def _head_is_late(self) -> None:
        if self._in_message:
            self._refuse(408, "The request's head took too long.")
        else:
            self._close_soon()

    def _body_is_late(self) -> None:
        if self.cycle.response_complete:
            self._close_soon()
        else:
            self._refuse(408, "The request's body took too long.")

    def _close_soon(self) -> None:
        self.transport.close()
        self._within(LINGER_S, self.transport.abort)

    def _refuse(self, status: int, words: str) -> None:
        """Answer with *words*, unless an answer has begun, and end the connection soon."""
        self._refused = True
        self._within(LINGER_S, self.transport.abort)
        if self.cycle is not None and not self.cycle.response_complete:
            answering = self.cycle.response_started or bool(self.pipeline)
            self.cycle.disconnected = True
            self.cycle.message_event.set()
            if answering:
                self.transport.close()
                return
        self.pipeline.clear()
        self.flow.resume_reading()
        self._write_answer(status, words)
        if self.transport.can_write_eof():
            self.transport.write_eof()

    def _write_answer(self, status: int, words: str) -> None:
        body = words.encode("ascii")
        secured = b"strict-transport-security: %b\r\n" % TRANSPORT_SECURITY.encode("ascii")
        self.transport.write(
            b"".join(
                (
                    STATUS_LINE[status],
                    b"content-type: text/plain; charset=utf-8\r\n",
                    b"content-length: %d\r\n" % len(body),
                    secured if self.scheme == "https" else b"",
                    b"connection: close\r\n\r\n",
                    body,
                )
            )
        )

    def _within(self, seconds: float, late: Callable[[], None]) -> None:
        self._stop(self._deadline)
        self._deadline = self.loop.call_later(seconds, late)

    def _note(self, *, waiting: bool) -> None:
        if self._guest is not None:
            self._crowd.note(self._guest, waiting=waiting)

    @staticmethod
    def _stop(timer: TimerHandle | None) -> None:
        if timer is not None:
            timer.cancel()
