"""Converts decoded frames to pictures in the size and format in which they are painted.

Late frames are dropped: of those that arrive while one is converted, only the newest is kept.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import av
from av.video.reformatter import Interpolation, VideoReformatter
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from rescue_console.desktop.media.base import Picture

WIDEST = 16_384
"""The most pixels along either side; no screen sends a larger frame."""


class Pictures:
    """Converts the newest frame and keeps it to be taken.

    Everything but ``take`` and ``set_target`` must be used from one loop.

    Args:
        on_picture: Called from that loop when there is a picture to take after there was none.

    Attributes:
        newest: The newest frame, in its own size.
        converted: How many frames have been converted.
    """

    def __init__(self, on_picture: Callable[[], None]) -> None:
        self._on_picture = on_picture
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="pictures")
        self._reformatter = VideoReformatter()
        self._lock = threading.Lock()
        self._target: QSize | None = None
        self._ready: Picture | None = None
        self.newest: av.VideoFrame | None = None
        self.converted = 0

    def set_target(self, size: QSize | None) -> None:
        """Convert to *size* from now on; ``None`` keeps the frame's own size."""
        with self._lock:
            self._target = size

    def take(self) -> Picture | None:
        """Return the newest picture if it has not been taken yet."""
        with self._lock:
            ready, self._ready = self._ready, None
            return ready

    async def convert(self, frame: av.VideoFrame) -> None:
        """Make *frame* the newest picture."""
        self.newest = frame
        with self._lock:
            target = self._target
        loop = asyncio.get_running_loop()
        picture = await loop.run_in_executor(self._pool, self._picture, frame, target)
        self.converted += 1
        with self._lock:
            was_empty = self._ready is None
            self._ready = picture
        if was_empty:
            self._on_picture()

    async def again(self) -> None:
        """Convert the newest frame once more, because the target size has changed."""
        if self.newest is not None:
            await self.convert(self.newest)

    async def still(self) -> QImage | None:
        """Return the newest frame in its own size, as a copy; ``None`` before the first."""
        if self.newest is None:
            return None
        loop = asyncio.get_running_loop()
        picture = await loop.run_in_executor(self._pool, self._picture, self.newest, None)
        return picture.image.copy()

    def forget(self) -> None:
        """Forget all frames and pictures so far."""
        self.newest = None
        self.take()

    def close(self) -> None:
        """Stop converting."""
        self._pool.shutdown(wait=True)

    def _picture(self, frame: av.VideoFrame, target: QSize | None) -> Picture:
        source = QSize(frame.width, frame.height)
        size = target if target is not None and not target.isEmpty() else source
        converted = self._reformatter.reformat(
            frame, size.width(), size.height(), "bgra", interpolation=_interpolation(source, size)
        )
        plane = converted.planes[0]
        image = QImage(
            memoryview(plane),
            converted.width,
            converted.height,
            plane.line_size,
            QImage.Format.Format_RGB32,
        )
        return Picture(image, source, converted)


def _interpolation(source: QSize, size: QSize) -> Interpolation:
    """Return the interpolation that keeps text readable at this scale."""
    if source == size:
        return Interpolation.POINT
    smaller = size.width() * 3 < source.width() * 2
    return Interpolation.AREA if smaller else Interpolation.BILINEAR
