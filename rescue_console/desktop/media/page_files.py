"""Files between console and customer's page: the part that runs on its own thread.

aiortc's data channels are plain Python, so that carrying a file takes time for which no window may
wait. Import it late: it takes half a second.
"""

from functools import partial
from typing import Protocol

from rescue_console.desktop.media.answerer import ThreadedAnswerer
from rescue_console.desktop.media.base import Failure
from rescue_console.desktop.media.certificate import Certificate
from rescue_console.desktop.media.page_files_connection import PageFilesConnection
from rescue_console.desktop.media.relays import Ways
from rescue_console.protocol.page_files import PageFileMessage, write


class PageFilesEvents(Protocol):
    """What is reported, on the connection's thread."""

    def on_opened(self, connection: int, page: str) -> None:
        """The connection with this number is open; *page* is what the page calls itself."""

    def on_arrived(self, connection: int) -> None:
        """There are messages to ``take``."""

    def on_lost(self, connection: int, failure: Failure) -> None:
        """The connection has failed, broken off or been closed by the page."""


class PageFiles(ThreadedAnswerer[PageFilesConnection]):
    """Carries messages about files; its methods are called from the windows' loop."""

    def __init__(self, certificate: Certificate, events: PageFilesEvents) -> None:
        super().__init__(certificate)
        self._events = events
        self._rate_limit: float | None = None

    def take(self) -> list[PageFileMessage]:
        """Return what has arrived since the last call; well formed, but possibly hostile."""
        connection = self._connection
        return connection.take() if connection is not None else []

    def post(self, message: PageFileMessage) -> None:
        """Send *message* without waiting; dropped when there is no connection."""
        self._thread.start(self._send(message))

    async def send(self, message: PageFileMessage) -> None:
        """Send *message* when there is room; dropped when there is no connection."""
        await self._thread.run(self._send(message))

    def set_rate_limit(self, bytes_per_s: float | None) -> None:
        """Send and receive no faster than this from now on; ``None`` sets no limit."""
        self._rate_limit = bytes_per_s
        if self._connection is not None:
            self._connection.rate_limit.bytes_per_s = bytes_per_s

    # On its thread

    def _open(self, number: int, ways: Ways) -> PageFilesConnection:
        opened = PageFilesConnection(
            self._certificate,
            ways,
            partial(self._events.on_opened, number),
            partial(self._events.on_arrived, number),
            partial(self._events.on_lost, number),
        )
        opened.rate_limit.bytes_per_s = self._rate_limit
        return opened

    async def _send(self, message: PageFileMessage) -> None:
        connection = self._connection
        if connection is not None:
            for data in write(message):
                await connection.send(data)
