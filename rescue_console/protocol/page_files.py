"""Files between console and customer's page, in a WebRTC data channel between the two.

The messages are those of ``protocol.channel``, in a form that a browser handles without a library.
A part of a file (``FileChunk``) is a binary message: the file's id and the offset, 8 bytes each,
big-endian, then the bytes. Every other message is a text message of JSON, with the digest in
base64. The page sends single files only: no folders, and no answers to a ``FileWanted``.
"""

import struct
from collections.abc import Iterator
from typing import Any

import msgspec

from rescue_console.protocol.channel import (
    ChannelBroken,
    FileAccepted,
    FileChunk,
    FileEnded,
    FileFinished,
    FileOffered,
    FileReceived,
)
from rescue_console.protocol.unreadable import UNREADABLE

FILE_MAX = 100_000_000
"""Bytes in one file: a browser can only hash a file as a whole, so it keeps all of it in memory."""

PART_MAX = 32 * 1024
"""Bytes of a file in one message. Every browser accepts messages of this size (RFC 8841 section 6.1
makes 64 KiB the default), and none delays the picture for long."""

TEXT_MAX = 8_192
"""Characters in a text message; a sentence or a name needs fewer."""

_NUMBER_MAX = 2**53
_HEAD = struct.Struct(">QQ")

FRAME_MAX = _HEAD.size + PART_MAX
"""Bytes in a binary message."""

PageFileMessage = FileOffered | FileAccepted | FileChunk | FileReceived | FileFinished | FileEnded

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(
    FileOffered | FileAccepted | FileReceived | FileFinished | FileEnded
)


def write(message: PageFileMessage) -> Iterator[str | bytes]:
    """Yield *message* as it goes into the data channel; a large part becomes several messages."""
    if not isinstance(message, FileChunk):
        yield _encoder.encode(message).decode()
        return
    for start in range(0, len(message.data), PART_MAX):
        head = _HEAD.pack(message.id, message.offset + start)
        yield head + message.data[start : start + PART_MAX]


def read(data: str | bytes) -> PageFileMessage:
    """Return the message in *data*, which comes from the data channel and is hostile.

    Raises:
        ChannelBroken: *data* is not a message; the channel must be closed.
    """
    return _read_part(data) if isinstance(data, bytes) else _read_text(data)


def _read_part(data: bytes) -> FileChunk:
    if not _HEAD.size < len(data) <= FRAME_MAX:
        raise ChannelBroken("The page sent a part of an impossible size.")
    number, offset = _HEAD.unpack_from(data)
    if max(number, offset) > _NUMBER_MAX:
        raise ChannelBroken("The page sent a number that is too large.")
    return FileChunk(id=number, offset=offset, data=data[_HEAD.size :])


def _read_text(data: str) -> PageFileMessage:
    if len(data) > TEXT_MAX:
        raise ChannelBroken("The page sent a message that is too large.")
    try:
        message: PageFileMessage = _decoder.decode(data)
    except UNREADABLE as error:
        raise ChannelBroken("The page sent what is not a message.") from error
    return _single(message) if isinstance(message, FileOffered) else message


def _single(offer: FileOffered) -> FileOffered:
    """Return *offer* reduced to a single file that nobody asked for, whatever the page sent."""
    base = offer.name.replace("\\", "/").rpartition("/")[2]
    time_s = offer.modified_s if 0 <= offer.modified_s <= _NUMBER_MAX else 0
    return FileOffered(id=offer.id, name=base, size=offer.size, modified_s=time_s)
