"""The media engine on aiortc and PyAV. Import it late: it takes half a second."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from rescue_console.desktop.media.base import EngineEvents, MediaEngine, Picture, Statistics
from rescue_console.desktop.media.certificate import Certificate
from rescue_console.desktop.media.incoming import Incoming
from rescue_console.desktop.media.media_thread import MediaThread
from rescue_console.desktop.media.pictures import Pictures
from rescue_console.desktop.media.recording import Recording
from rescue_console.desktop.media.relays import find_ways
from rescue_console.protocol.answers import IceServer


class AiortcEngine(MediaEngine):
    """Does all its work on a thread of its own; its methods are called from the windows' loop."""

    def __init__(self, certificate: Certificate, events: EngineEvents) -> None:
        self._certificate = certificate
        self._events = events
        self._thread = MediaThread()
        self._connection = 0
        self._incoming: Incoming | None = None
        self._recording: Recording | None = None
        self._pictures = Pictures(lambda: self._events.on_picture(self._connection))

    async def connect(self, connection: int, offer: str, servers: Sequence[IceServer]) -> str:
        """Answer an offer; the connection before it ends."""
        return await self._thread.run(self._connect(connection, offer, list(servers)))

    async def add_candidate(self, candidate: str) -> None:
        """Take one of the other side's candidates."""
        await self._thread.run(self._add_candidate(candidate))

    async def disconnect(self) -> None:
        """End the connection, if there is one."""
        await self._thread.run(self._disconnect())
        self._pictures.forget()

    def set_target(self, size: QSize | None) -> None:
        """Convert pictures to this size from now on, the newest one at once."""
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
            await self.disconnect()
            self._pictures.close()
            await self._thread.stop()

    # On the media thread

    async def _connect(self, connection: int, offer: str, servers: list[IceServer]) -> str:
        await self._disconnect()
        self._connection = connection
        self._incoming = Incoming(
            self._certificate,
            await find_ways(servers),
            self._pictures,
            partial(self._events.on_step, connection),
            partial(self._events.on_lost, connection),
            self._on_encoded,
        )
        return await self._incoming.answer(offer)

    async def _add_candidate(self, candidate: str) -> None:
        if self._incoming is not None:
            await self._incoming.add_candidate(candidate)

    async def _disconnect(self) -> None:
        incoming, self._incoming = self._incoming, None
        if incoming is not None:
            await incoming.close()

    async def _statistics(self) -> Statistics | None:
        return await self._incoming.statistics() if self._incoming is not None else None

    async def _record(self, path: Path) -> None:
        self._recording = Recording(path, self._events.on_recording_ended)
        if self._incoming is not None:
            await self._incoming.ask_for_key_frame()

    def _on_encoded(self, data: bytes) -> None:
        if (recording := self._recording) is not None:
            recording.add(data)


async def _in_thread(function: Callable[[], None]) -> None:
    await asyncio.get_running_loop().run_in_executor(None, function)
