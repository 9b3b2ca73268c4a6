"""Recordings: the file holds what was received, and failures are reported."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import av
import pytest

from rescue_console.desktop.media.base import RecordingFailed
from rescue_console.desktop.media.recording import Recording
from tests.stage.until import wait_until

SIZE = (320, 240)


def encoded(count: int) -> list[bytes]:
    """Return frames as a browser would send them."""
    context = av.CodecContext.create("libvpx", "w")
    assert isinstance(context, av.VideoCodecContext)
    context.width, context.height = SIZE
    context.pix_fmt = "yuv420p"
    context.framerate = 30  # type: ignore[assignment]
    context.options = {"deadline": "realtime", "lag-in-frames": "0"}
    packets = []
    for number in range(count):
        frame = av.VideoFrame(*SIZE, "yuv420p")
        for plane in frame.planes:
            plane.update(bytes([number * 8 % 256]) * plane.buffer_size)
        frame.pts = number
        packets += context.encode(frame)
    return [bytes(packet) for packet in packets]


def test_all_frames_from_the_first_key_frame_on_are_in_the_file(tmp_path: Path) -> None:
    frames = encoded(10)
    recording = Recording(tmp_path / "a.webm", lambda problem: None)
    recording.add(frames[3])
    for frame in frames:
        recording.add(frame)
    recording.finish()
    with av.open(str(tmp_path / "a.webm")) as file:
        decoded = list(file.decode(video=0))
    assert len(decoded) == 10
    assert (decoded[0].width, decoded[0].height) == SIZE


def test_a_recording_without_a_picture_leaves_no_file(tmp_path: Path) -> None:
    recording = Recording(tmp_path / "a.webm", lambda problem: None)
    with pytest.raises(RecordingFailed, match="Nothing was received"):
        recording.finish()
    assert not (tmp_path / "a.webm").exists()


def test_a_file_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordingFailed):
        Recording(tmp_path / "missing" / "a.webm", lambda problem: None)


def test_a_full_disk_ends_the_recording_and_is_given_as_the_reason() -> None:
    ended = threading.Event()
    told: list[str] = []

    def on_ended(problem: str) -> None:
        told.append(problem)
        ended.set()

    recording = Recording(Path("/dev/full"), on_ended)
    frames = encoded(2)
    for _ in range(400):
        recording.add(frames[0] * 20)
        if ended.is_set():
            break
    assert ended.wait(20)
    with pytest.raises(RecordingFailed, match="No space left"):
        recording.finish()
    assert told == ["No space left on device"]


@contextmanager
def disk_with_room_for(size_bytes: int) -> Iterator[None]:
    """Let no file grow beyond *size_bytes*, as on a full disk."""
    resource: Any = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_what_was_written_before_the_disk_was_full_can_be_played(tmp_path: Path) -> None:
    ended = threading.Event()
    recording = Recording(tmp_path / "a.webm", lambda problem: ended.set())
    with disk_with_room_for(1_000_000):
        # Bytes after a frame do no harm; they only make the file grow.
        for frame in encoded(1) * 500:
            recording.add(frame + bytes(20_000))
        assert ended.wait(20)
        with pytest.raises(RecordingFailed, match="too large"):
            recording.finish()
    frames = []
    with av.open(str(tmp_path / "a.webm")) as file:
        for packet in file.demux(video=0):
            frames += packet.decode()
    assert len(frames) > 20
    assert (frames[-1].width, frames[-1].height) == SIZE


def test_a_file_that_is_taken_away_ends_the_recording(tmp_path: Path) -> None:
    ended = threading.Event()
    path = tmp_path / "a.webm"
    recording = Recording(path, lambda problem: ended.set())
    large = encoded(1)[0] + bytes(100_000)
    for _ in range(20):
        recording.add(large)
    wait_until(lambda: path.stat().st_size)
    path.unlink()
    recording.add(large)
    assert ended.wait(20)
    with pytest.raises(RecordingFailed, match="taken away"):
        recording.finish()
    assert not path.exists()
