"""uvicorn's WebSocket protocol, extended to write frames that are ready for the wire.

Sent the ordinary way, each change costs every console a turn of its task, an ASGI message and a new
frame. With 2 000 consoles, that was more than half of the server's work (docs/benchmarks.md).
"""

import asyncio
from asyncio import TimerHandle
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.http11 import Request

from rescue_console.server.door.crowd import Crowd
from rescue_console.server.door.http_protocol import READ_WITHIN_S
from rescue_console.server.door.welcome import WELCOME_EXTENSION
from rescue_console.server.events.frames import FRAMES_EXTENSION


class FrameProtocol(WebSocketsSansIOProtocol):
    """One connection; the FRAMES_EXTENSION in its scope is ``write_frame``.

    Its other side is known once a route has called the WELCOME_EXTENSION; see Crowd.
    """

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
        self._reading: TimerHandle | None = None

    def connection_lost(self, exc: Exception | None) -> None:
        """End all waiting."""
        self._stop_reading()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """End the connection because the server stops; one without a handshake at once."""
        if self.handshake_initiated:
            super().shutdown()
        else:
            self.transport.abort()

    def pause_writing(self) -> None:
        """Give the other side a while to read."""
        self._stop_reading()
        self._reading = self.loop.call_later(READ_WITHIN_S, self.transport.abort)
        super().pause_writing()

    def resume_writing(self) -> None:
        """Go on; the other side has read."""
        self._stop_reading()
        super().resume_writing()

    def _stop_reading(self) -> None:
        if self._reading is not None:
            self._reading.cancel()

    def _welcome(self) -> None:
        connection = self.transport.get_extra_info("socket")
        guest = self._crowd.find(connection.fileno()) if connection is not None else None
        if guest is not None:
            self._crowd.note(guest, waiting=False)

    def handle_connect(self, event: Request) -> None:
        """Start the application's task, and add the extension before the task first runs."""
        super().handle_connect(event)
        if self.response.status_code == 101:
            extensions = self.scope["extensions"]
            assert extensions is not None, "uvicorn offers some itself"
            extensions[FRAMES_EXTENSION] = self.write_frame  # type: ignore[assignment]
            extensions[WELCOME_EXTENSION] = self._welcome  # type: ignore[assignment]

    def write_frame(self, frame: bytes) -> bool:
        """Write a whole frame if the connection can accept it right now; return whether it did."""
        if (
            not self.handshake_complete
            or self.close_sent
            or self.disconnected
            or self.conn.extensions
            or not self.writable.is_set()
            or self.transport.is_closing()
        ):
            return False
        self.transport.write(frame)
        return True
