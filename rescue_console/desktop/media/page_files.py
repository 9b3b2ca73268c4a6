"""Files between console and customer's page: the part that runs on a thread of its own.

aiortc's data channels are plain Python, so that carrying a file is work: no window may wait for it.
Import it late: it takes half a second.
"""

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from rescue_console.desktop.media.base import Answerer, Failure
from rescue_console.desktop.media.certificate import Certificate
from rescue_console.desktop.media.media_thread import MediaThread
from rescue_console.desktop.media.page_files_connection import PageFilesConnection
from rescue_console.desktop.media.relays import find_ways
from rescue_console.protocol.answers import IceServer
from rescue_console.protocol.page_files import PageFileMessage, write


class PageFilesEvents(Protocol):
    """What is told, on the thread of the connection."""

    def on_opened(self, connection: int, page: str) -> None:
        """The connection with this number is open; *page* is what the page calls itself."""

    def on_arrived(self, connection: int) -> None:
        """``take`` has something."""

    def on_lost(self, connection: int, failure: Failure) -> None:
        """The connection has failed, broken off or been closed by the page."""


class PageFiles(Answerer):
    """Carries messages of files; its methods are called from the windows' loop."""

    def __init__(self, certificate: Certificate, events: PageFilesEvents) -> None:
        self._certificate = certificate
        self._events = events
        self._thread = MediaThread()
        self._connection: PageFilesConnection | None = None
        self._pace: float | None = None

    async def connect(self, connection: int, offer: str, servers: Sequence[IceServer]) -> str:
        """Answer an offer; the connection before it ends."""
        return await self._thread.run(self._connect(connection, offer, servers))

    async def add_candidate(self, candidate: str) -> None:
        """Take one of the page's candidates."""
        await self._thread.run(self._add_candidate(candidate))

    async def disconnect(self) -> None:
        """End the connection, if there is one."""
        await self._thread.run(self._disconnect())

    def take(self) -> list[PageFileMessage]:
        """Return what has come since the last time, which is hostile but well formed."""
        connection = self._connection
        return connection.take() if connection is not None else []

    def post(self, message: PageFileMessage) -> None:
        """Send *message* without waiting; dropped when there is no connection."""
        self._thread.start(self._send(message))

    async def send(self, message: PageFileMessage) -> None:
        """Send *message* when there is room; dropped when there is no connection."""
        await self._thread.run(self._send(message))

    def set_pace(self, bytes_per_s: float | None) -> None:
        """Go no faster than this from now on; ``None`` is as fast as it can."""
        self._pace = bytes_per_s
        if self._connection is not None:
            self._connection.throttle.bytes_per_s = bytes_per_s

    async def aclose(self) -> None:
        """End everything; it cannot be used afterwards."""
        await self.disconnect()
        await self._thread.stop()

    # On its thread

    async def _connect(self, connection: int, offer: str, servers: Sequence[IceServer]) -> str:
        await self._disconnect()
        self._connection = PageFilesConnection(
            self._certificate,
            await find_ways(servers),
            partial(self._events.on_opened, connection),
            partial(self._events.on_arrived, connection),
            partial(self._events.on_lost, connection),
        )
        self._connection.throttle.bytes_per_s = self._pace
        return await self._connection.answer(offer)

    async def _add_candidate(self, candidate: str) -> None:
        if self._connection is not None:
            await self._connection.add_candidate(candidate)

    async def _send(self, message: PageFileMessage) -> None:
        connection = self._connection
        if connection is not None:
            for data in write(message):
                await connection.send(data)

    async def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()
