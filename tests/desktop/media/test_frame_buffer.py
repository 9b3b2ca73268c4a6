"""Packets become frames at once, and after a loss pictures begin again with a key frame."""

import struct

from aiortc.rtp import RtpPacket

from rescue_console.desktop.media.frame_buffer import (
    ASK_AGAIN_S,
    STALLED_S,
    FrameBuffer,
    frame_size,
    is_key_frame,
)

KEY, DELTA = b"\x10", b"\x11"


class Stream:
    """A buffer under test, its clock, and what came out of it."""

    def __init__(self) -> None:
        self.now = 100.0
        self.frames: list[bytes] = []
        self.asked = 0
        self._buffer = FrameBuffer(self.frames.append, lambda: self.now)

    def packet(self, number: int, time: int, data: bytes, *, last: bool = False) -> None:
        packet = RtpPacket(
            payload_type=96, sequence_number=number & 0xFFFF, timestamp=time, marker=int(last)
        )
        packet._data = data  # type: ignore[attr-defined]
        asked, _ = self._buffer.add(packet)
        self.asked += asked


def test_a_frame_comes_out_with_its_last_packet() -> None:
    stream = Stream()
    stream.packet(1, 10, KEY)
    assert stream.frames == []
    stream.packet(2, 10, b"b", last=True)
    assert stream.frames == [KEY + b"b"]


def test_packets_in_the_wrong_order_are_put_in_order() -> None:
    stream = Stream()
    stream.packet(1, 10, KEY, last=True)
    stream.packet(3, 20, b"y", last=True)
    stream.packet(2, 20, DELTA)
    assert stream.frames == [KEY, DELTA + b"y"]


def test_numbers_start_over_after_65535() -> None:
    stream = Stream()
    stream.packet(65_535, 10, KEY)
    stream.packet(65_536, 10, b"b", last=True)
    assert stream.frames == [KEY + b"b"]


def test_a_frame_without_a_marker_ends_where_the_next_begins() -> None:
    stream = Stream()
    stream.packet(1, 10, KEY)
    stream.packet(2, 20, DELTA, last=True)
    stream.packet(3, 30, DELTA, last=True)
    assert stream.frames[0] == KEY


def test_empty_packets_are_no_frames() -> None:
    stream = Stream()
    stream.packet(1, 10, KEY, last=True)
    stream.packet(2, 10, b"")
    stream.packet(3, 20, DELTA, last=True)
    assert stream.frames == [KEY, DELTA]


def test_a_loss_holds_frames_up_until_it_is_repaired() -> None:
    stream = Stream()
    stream.packet(1, 10, KEY, last=True)
    stream.packet(3, 30, DELTA, last=True)
    assert stream.frames == [KEY]
    stream.packet(2, 20, b"\x13", last=True)
    stream.packet(4, 40, DELTA, last=True)
    assert stream.frames[:3] == [KEY, b"\x13", DELTA]


def test_after_an_unrepaired_loss_only_a_key_frame_is_shown() -> None:
    stream = Stream()
    stream.packet(1, 10, KEY, last=True)
    stream.packet(3, 30, DELTA, last=True)
    stream.now += STALLED_S + 0.01
    stream.packet(4, 40, DELTA, last=True)
    assert stream.asked == 1
    assert stream.frames == [KEY]
    stream.packet(5, 50, KEY, last=True)
    assert stream.frames == [KEY, KEY]
    stream.packet(6, 60, DELTA, last=True)
    assert stream.frames == [KEY, KEY, DELTA]


def test_a_key_frame_that_does_not_arrive_is_asked_for_again() -> None:
    stream = Stream()
    stream.packet(1, 10, KEY, last=True)
    stream.packet(3, 30, DELTA, last=True)
    stream.now += STALLED_S + 0.01
    stream.packet(4, 40, DELTA, last=True)
    stream.packet(5, 50, DELTA, last=True)
    assert stream.asked == 1
    stream.now += ASK_AGAIN_S
    stream.packet(6, 60, DELTA, last=True)
    assert stream.asked == 2


def test_a_key_frame_tells_its_size() -> None:
    data = b"\x10\x00\x00\x9d\x01\x2a\x80\x07\x38\x04"
    assert is_key_frame(data)
    assert frame_size(data) == (1920, 1080)
    assert frame_size(data[:9]) is None
    assert not is_key_frame(b"")


def key_frame(width: int, height: int) -> bytes:
    return b"\x10\x00\x00\x9d\x01\x2a" + struct.pack("<HH", width, height)


def test_a_picture_too_large_for_any_screen_is_never_decoded() -> None:
    stream = Stream()
    stream.packet(1, 10, key_frame(16_383, 16_383), last=True)
    stream.packet(2, 20, DELTA, last=True)
    assert stream.frames == []
    assert stream.asked == 1

    largest = key_frame(7_680, 4_320)
    stream.packet(3, 30, largest, last=True)
    stream.packet(4, 40, DELTA, last=True)
    assert stream.frames == [largest, DELTA]


def test_pictures_may_change_size_each_time_and_be_as_small_as_one_pixel() -> None:
    stream = Stream()
    sizes = [(1, 1), (16_383, 1), (1, 16_383), (1_920, 1_080), (1, 1)]
    for number, size in enumerate(sizes):
        stream.packet(number, 10 * number, key_frame(*size), last=True)
    assert [frame_size(data) for data in stream.frames] == sizes
