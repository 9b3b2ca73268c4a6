"""Writes the received frames unchanged into a WebM file: no re-encoding, no loss, little load.

Source: WebM container guidelines (VP8 video, times in milliseconds).
"""

import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import av
from av.video.stream import VideoStream
from PySide6.QtCore import QCoreApplication

from rescue_console.desktop.media.base import RecordingFailed
from rescue_console.desktop.media.frame_buffer import frame_size, is_key_frame

WAITING_MAX = 600
"""The most frames that may wait for the disk: 20 s at 30 a second; more means it is too slow."""

translate = QCoreApplication.translate
_MS = Fraction(1, 1000)


class Recording:
    """One file, written by its own thread.

    Args:
        path: The file to write; an existing one is replaced.
        on_ended: Called with the reason when the recording ends by itself, on that thread or on
            the one that adds frames.

    Raises:
        RecordingFailed: the file cannot be made.
    """

    def __init__(self, path: Path, on_ended: Callable[[str], None]) -> None:
        self._path = path
        self._on_ended = on_ended
        self._frames: queue.Queue[tuple[bytes, int] | None] = queue.Queue(WAITING_MAX)
        self._began: float | None = None
        self._problem = ""
        self._finishing = False
        self._stream: VideoStream | None = None
        try:
            # PyAV opens the file only at the first frame; a bad path must be reported now.
            path.open("wb").close()
            self._file = av.open(str(path), "w", format="webm")
        except (OSError, av.FFmpegError) as error:
            raise RecordingFailed(_reason(error)) from error
        self._thread = threading.Thread(target=self._write, name="recording")
        self._thread.start()

    def add(self, data: bytes) -> None:
        """Add an encoded frame; those before the first key frame are left out."""
        if self._problem or (self._began is None and not is_key_frame(data)):
            return
        now = time.monotonic()
        if self._began is None:
            self._began = now
        try:
            self._frames.put_nowait((data, round((now - self._began) * 1000)))
        except queue.Full:
            self._end(translate("Recording", "The disk is too slow."))

    def finish(self) -> None:
        """Write what waits, and the end of the file; blocks until that is done.

        Raises:
            RecordingFailed: not all of it could be written, or nothing had been received.
        """
        self._finishing = True
        self._frames.put(None)
        self._thread.join()
        if self._problem:
            raise RecordingFailed(self._problem)

    def _write(self) -> None:
        try:
            self._write_frames()
        except (OSError, av.FFmpegError) as error:
            self._end(_reason(error))
            self._drain()
            # Closing makes what has been written so far playable.
            with suppress(OSError, av.FFmpegError):
                self._file.close()
            return
        try:
            self._close()
        except (OSError, av.FFmpegError) as error:
            self._end(_reason(error))

    def _write_frames(self) -> None:
        last = -1
        while (item := self._frames.get()) is not None:
            data, at_ms = item
            last = max(at_ms, last + 1)  # times in the file must keep rising
            self._mux(data, last)

    def _mux(self, data: bytes, at_ms: int) -> None:
        if self._stream is None:
            self._stream = self._add_stream(data)
        packet = av.Packet(data)
        packet.stream = self._stream
        packet.time_base = _MS
        packet.pts = packet.dts = at_ms
        packet.is_keyframe = is_key_frame(data)
        self._file.mux(packet)
        self._check_there()

    def _add_stream(self, data: bytes) -> VideoStream:
        stream = self._file.add_stream("libvpx", rate=30)
        size = frame_size(data)
        if size is not None:
            stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.time_base = _MS
        return stream

    def _close(self) -> None:
        if self._stream is None:
            self._path.unlink(missing_ok=True)
            raise RecordingFailed(translate("Recording", "Nothing was received while it was on."))
        self._file.close()
        self._check_there()

    def _check_there(self) -> None:
        """Raise if the file is gone: one that was deleted or moved still accepts what is written.

        Raises:
            RecordingFailed: the file is no longer there.
        """
        if not self._path.exists():
            raise RecordingFailed(translate("Recording", "The file was taken away."))

    def _end(self, problem: str) -> None:
        if not self._problem:
            self._problem = problem
            if not self._finishing:
                self._on_ended(problem)

    def _drain(self) -> None:
        """Drop all frames until ``finish`` is called, so that it does not wait forever."""
        while self._frames.get() is not None:
            pass


def _reason(error: Exception) -> str:
    if isinstance(error, RecordingFailed):
        return str(error)
    return getattr(error, "strerror", None) or str(error)
