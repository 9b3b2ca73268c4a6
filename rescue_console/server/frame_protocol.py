"""uvicorn's WebSocket protocol, which also takes frames that are ready for the wire.

Sent the ordinary way, a change costs a task's turn, an ASGI message and a new frame for each
console: more than half of what the server did when 2 000 of them were told (docs/benchmarks.md).
"""

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from rescue_console.server.events.frames import FRAMES_EXTENSION


class FrameProtocol(WebSocketsSansIOProtocol):
    """One connection; its scope's FRAMES_EXTENSION is ``write_frame``."""

    def handle_connect(self, event: Request) -> None:
        """Begin the application's task; it has its first turn after this."""
        super().handle_connect(event)
        if self.response.status_code == 101:
            extensions = self.scope["extensions"]
            assert extensions is not None, "uvicorn offers some itself"
            extensions[FRAMES_EXTENSION] = self.write_frame  # type: ignore[assignment]

    def write_frame(self, frame: bytes) -> bool:
        """Write a whole frame if the connection is open and takes more at this moment."""
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
