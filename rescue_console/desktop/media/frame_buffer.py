"""Puts the packets of one VP8 stream back into encoded frames, without waiting longer than needed.

WORKAROUND https://github.com/aiortc/aiortc/blob/main/src/aiortc/jitterbuffer.py (remove when that
buffer releases a frame at its last packet): it holds each frame until the next one begins. That
delays every frame by one, and on a still screen the last change is shown only with the next one.
After a loss that is not repaired it also waits for 512 packets, which takes minutes on a still
screen.
"""

from collections.abc import Callable

from aiortc.jitterbuffer import JitterBuffer, JitterFrame
from aiortc.rtp import RtpPacket
from aiortc.utils import uint16_add

CAPACITY = 2048
"""The most packets held, a power of two; a key frame of a 4K screen has about a thousand."""

STALLED_S = 0.4
"""Seconds that a gap may hold up the frames behind it: a few round trips of asking again."""

PIXELS_MAX = 40_000_000
"""The most pixels of a picture: a decoder reserves memory for several as soon as a key frame
announces its size. The largest screens have 33 million."""

ASK_AGAIN_S = 0.5
"""Seconds after which a key frame that has not arrived is asked for again."""


class FrameBuffer(JitterBuffer):
    """Releases each frame once its last packet is there; after a loss, from a key frame on.

    The last packet of a frame carries the marker bit (RFC 7741 section 4.1). If that packet was
    empty, the end shows only later, from the next frame's time stamp.

    Args:
        on_frame: Called with each encoded frame that is released, before it is decoded.
        clock: Returns the seconds of a monotonic clock.
    """

    def __init__(self, on_frame: Callable[[bytes], None], clock: Callable[[], float]) -> None:
        super().__init__(capacity=CAPACITY, is_video=True)
        self._on_frame = on_frame
        self._clock = clock
        self._looked_at = 0
        self._gap_since: float | None = None
        self._key_asked: float | None = None

    def add(self, packet: RtpPacket) -> tuple[bool, JitterFrame | None]:
        """Add a packet; return whether to ask for a key frame, and a frame, if one is complete."""
        if self._gap_is_too_old():
            self._skip_to(packet.sequence_number)
            self._key_asked = 0.0
        broken, frame = super().add(packet)
        if broken:
            self._key_asked = 0.0
        if frame is not None and not _can_be_shown(frame.data):
            self._key_asked = self._key_asked or 0.0
            frame = None
        if frame is not None and self._key_asked is not None:
            frame = self._only_key(frame)
        if frame is not None:
            self._on_frame(frame.data)
        return self._asks_for_key(), frame

    def remove(self, count: int) -> None:
        """Drop *count* packets from the front."""
        self._forget()
        super().remove(count)

    def smart_remove(self, count: int) -> bool:
        """Drop at least *count* packets, and those left of the last one's frame."""
        self._forget()
        return super().smart_remove(count)

    def _forget(self) -> None:
        self._looked_at = 0
        self._gap_since = None

    # Whole frames

    def _remove_frame(self, sequence_number: int) -> JitterFrame | None:
        while (count := self._frame_length()) is not None:
            packets = [packet for place in range(count) if (packet := self._at(place))]
            self.remove(count)
            data = b"".join(packet._data for packet in packets)  # type: ignore[attr-defined]
            # Empty packets probe the bandwidth; a decoder would mistake no data for the end.
            if data:
                return JitterFrame(data, packets[0].timestamp)
        self._note_gap(sequence_number)
        return None

    def _frame_length(self) -> int | None:
        """Return how many packets the first frame has, or ``None`` while it is incomplete."""
        first = self._at(0)
        while first is not None and self._looked_at < self.capacity:
            packet = self._at(self._looked_at)
            if packet is None:
                return None
            if packet.timestamp != first.timestamp:
                return self._looked_at
            self._looked_at += 1
            if packet.marker:
                return self._looked_at
        return None

    def _at(self, place: int) -> RtpPacket | None:
        assert self._origin is not None
        return self._packets[(self._origin + place) % self.capacity]

    # Losses

    def _note_gap(self, arrived: int) -> None:
        """Remember since when packets have been waiting behind a missing one."""
        assert self._origin is not None
        behind = self._looked_at < uint16_add(arrived, -self._origin) < self.capacity
        if not behind:
            self._gap_since = None
        elif self._gap_since is None:
            self._gap_since = self._clock()

    def _gap_is_too_old(self) -> bool:
        return self._gap_since is not None and self._clock() - self._gap_since > STALLED_S

    def _skip_to(self, arrived: int) -> None:
        assert self._origin is not None
        place = uint16_add(arrived, -self._origin)
        if place < self.capacity:
            self.remove(place)

    def _only_key(self, frame: JitterFrame) -> JitterFrame | None:
        """Return *frame* if it is a key frame; any other would be shown broken after a loss."""
        if not is_key_frame(frame.data):
            return None
        self._key_asked = None
        return frame

    def _asks_for_key(self) -> bool:
        if self._key_asked is None or self._clock() - self._key_asked < ASK_AGAIN_S:
            return False
        self._key_asked = self._clock()
        return True


def is_key_frame(data: bytes) -> bool:
    """Return whether an encoded VP8 frame needs no other frame. Source: RFC 6386 section 9.1."""
    return bool(data) and not data[0] & 1


def _can_be_shown(data: bytes) -> bool:
    """Return whether a frame is small enough to decode; the sender may be hostile.

    For a key frame that announces no size, the decoder reserves no memory.
    """
    size = frame_size(data)
    return size is None or size[0] * size[1] <= PIXELS_MAX


def frame_size(data: bytes) -> tuple[int, int] | None:
    """Return the width and height that a VP8 key frame announces; ``None`` if it does not.

    Source: RFC 6386 section 9.1.
    """
    if not is_key_frame(data) or len(data) < 10 or data[3:6] != b"\x9d\x01\x2a":
        return None
    width = int.from_bytes(data[6:8], "little") & 0x3FFF
    height = int.from_bytes(data[8:10], "little") & 0x3FFF
    return width, height
