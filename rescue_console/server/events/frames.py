"""WebSocket frames made once for all consoles: the same bytes go to each of them.

A server's frames are not masked, so nothing in them is specific to one connection. An extension of
the ASGI scope writes them; where the server program has none, every message is sent in the ordinary
way.
"""

import struct
from collections.abc import Callable, Mapping
from typing import Any

FRAMES_EXTENSION = "rescue_console.frames"
"""Key in the scope's ``extensions`` of a function that writes a frame; see FrameProtocol."""

WriteFrame = Callable[[bytes], bool]
"""Writes a frame at once; ``False`` if it cannot, so that the ordinary way must be used."""

_WHOLE_TEXT = 0x81


def text_frame(message: bytes) -> bytes:
    """Return the frame that holds the whole of a text *message*, in UTF-8.

    Source: RFC 6455 section 5.2.
    """
    size = len(message)
    if size < 126:
        return struct.pack("!BB", _WHOLE_TEXT, size) + message
    if size < 65_536:
        return struct.pack("!BBH", _WHOLE_TEXT, 126, size) + message
    return struct.pack("!BBQ", _WHOLE_TEXT, 127, size) + message


def frame_writer(scope: Mapping[str, Any]) -> WriteFrame:
    """Return the function that writes frames to the connection of *scope*."""
    extensions: Mapping[str, Any] = scope.get("extensions") or {}
    writer: WriteFrame = extensions.get(FRAMES_EXTENSION, _never)
    return writer


def _never(frame: bytes) -> bool:
    return False
