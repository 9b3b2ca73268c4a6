"""uvicorn's WebSocket protocol, extended to write frames that are ready for the wire.

Sent the ordinary way, each change costs every console a turn of its task, an ASGI message and a new
frame. With 2 000 consoles, that was more than half of the server's work (docs/benchmarks.md).
"""

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from rescue_console.server.events.frames import FRAMES_EXTENSION


class FrameProtocol(WebSocketsSansIOProtocol):
    """One connection; the FRAMES_EXTENSION in its scope is ``write_frame``."""

    def handle_connect(self, event: Request) -> None:
        """Start the application's task, and add the extension before the task first runs."""
        super().handle_connect(event)
        if self.response.status_code == 101:
            extensions = self.scope["extensions"]
            assert extensions is not None, "uvicorn offers some itself"
            extensions[FRAMES_EXTENSION] = self.write_frame  # type: ignore[assignment]

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
