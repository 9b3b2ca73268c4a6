"""Opens session books: one transaction, with the groups, the time and the URL that it needs."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from rescue_console.server.clock import Clock
from rescue_console.server.events.stream import EventStream
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.storage.database import Database


class SessionBooks:
    """Whoever reads or changes sessions holds this and opens a book for each transaction.

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
        """Open a book that is only read.

        Raises:
            StorageError: see Database.read.
        """
        async with self._database.read() as connection:
            yield await SessionBook.open(connection, self.clock(), self.public_url)

    @contextlib.asynccontextmanager
    async def write(self) -> AsyncIterator[SessionBook]:
        """Open a book to write in; it is committed, and told of, when the block ends well.

        Raises:
            StorageError: see Database.write.
        """
        try:
            async with self._database.write() as connection:
                yield await SessionBook.open(connection, self.clock(), self.public_url)
        except asyncio.CancelledError:
            self._stream.poke()  # it may have been committed all the same
            raise
        self._stream.poke()
