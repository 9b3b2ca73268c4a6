"""Opens session books: each is a transaction with the groups, time and URL that it needs."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from rescue_console.server.clock import Clock
from rescue_console.server.events.stream import EventStream
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.storage.database import Database


class SessionBooks:
    """Opens a session book for each transaction that reads or changes sessions.

    Args:
        stream: Poked after each writing transaction, so that its events go out.
        public_url: The server's own public URL, for groups that set none.
    """

    def __init__(
        self, database: Database, stream: EventStream, clock: Clock, public_url: str
    ) -> None:
        self._database = database
        self._stream = stream
        self.clock = clock
        self.public_url = public_url

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[SessionBook]:
        """Open a book for reading only.

        Raises:
            StorageError: see Database.read.
        """
        async with self._database.read() as connection:
            yield await SessionBook.open(connection, self.clock(), self.public_url)

    @contextlib.asynccontextmanager
    async def write(self) -> AsyncIterator[SessionBook]:
        """Open a book for writing; if the block succeeds, changes are committed and events go out.

        Raises:
            StorageError: see Database.write.
        """
        try:
            async with self._database.write() as connection:
                yield await SessionBook.open(connection, self.clock(), self.public_url)
        except asyncio.CancelledError:
            self._stream.poke()  # it may have been committed nevertheless
            raise
        self._stream.poke()
