"""The media engine on aiortc and PyAV. Import it late: it takes half a second."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from rescue_console.desktop.media.answerer import ThreadedAnswerer
from rescue_console.desktop.media.base import EngineEvents, MediaEngine, Picture, Statistics
from rescue_console.desktop.media.certificate import Certificate
from rescue_console.desktop.media.incoming import Incoming
from rescue_console.desktop.media.pictures import Pictures
from rescue_console.desktop.media.recording import Recording
from rescue_console.desktop.media.relays import Ways


class AiortcEngine(ThreadedAnswerer[Incoming], MediaEngine):
    """Does all its work on its own thread; its methods are called from the windows' loop."""

    def __init__(self, certificate: Certificate, events: EngineEvents) -> None:
        super().__init__(certificate)
        self._events = events
        self._recording: Recording | None = None
        self._pictures = Pictures(events.on_picture)

    async def disconnect(self) -> None:
        """End the connection, if there is one, and forget its pictures."""
        await super().disconnect()
        self._pictures.forget()

    def set_target(self, size: QSize | None) -> None:
        """Convert pictures to this size, the newest one at once; ``None`` keeps their own size."""
        self._pictures.set_target(size)
        self._thread.start(self._pictures.again())

    def take_picture(self) -> Picture | None:
        """Return the newest picture that nobody has taken yet."""
        return self._pictures.take()

    async def still(self) -> QImage | None:
        """Return the newest picture in its own size."""
        return await self._thread.run(self._pictures.still())

    async def statistics(self) -> Statistics | None:
        """Return the figures, or ``None`` without a connection."""
        return await self._thread.run(self._statistics())

    async def record(self, path: Path) -> None:
        """Begin to record into a new file."""
        await self._thread.run(self._record(path))

    async def stop_recording(self) -> None:
        """Finish the recording, if there is one."""
        recording, self._recording = self._recording, None
        if recording is not None:
            await self._thread.run(_in_thread(recording.finish))

    async def aclose(self) -> None:
        """End everything."""
        try:
            await self.stop_recording()
        finally:
            await super().aclose()
            self._pictures.close()

    # On the media thread

    def _open(self, number: int, ways: Ways) -> Incoming:
        return Incoming(
            self._certificate,
            ways,
            self._pictures,
            partial(self._events.on_step, number),
            partial(self._events.on_lost, number),
            self._on_encoded,
        )

    async def _statistics(self) -> Statistics | None:
        return await self._connection.statistics() if self._connection is not None else None

    async def _record(self, path: Path) -> None:
        self._recording = Recording(path, self._events.on_recording_ended)
        if self._connection is not None:
            await self._connection.ask_for_key_frame()

    def _on_encoded(self, data: bytes) -> None:
        if (recording := self._recording) is not None:
            recording.add(data)


async def _in_thread(function: Callable[[], None]) -> None:
    await asyncio.get_running_loop().run_in_executor(None, function)
