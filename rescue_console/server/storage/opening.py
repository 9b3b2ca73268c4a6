"""Opens the database that a server works with, with the newest tables."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from rescue_console.server.data_folder import DATABASE, leave_to_owner
from rescue_console.server.storage.database import Database, database_url
from rescue_console.server.storage.migrate import migrate
from rescue_console.server.storage.numbers import newest_event
from rescue_console.server.storage.soundness import check_not_emptied, check_room, check_sqlite


@contextlib.asynccontextmanager
async def open_database(data: Path, url: str, wait_s: float) -> AsyncIterator[Database]:
    """Open the database at *url*, or, when it is empty, SQLite's in the folder *data*.

    Args:
        data: The folder of what the server keeps.
        url: Where PostgreSQL is.
        wait_s: How long to wait for PostgreSQL, which may be starting, too.

    Raises:
        StorageError: it cannot be used.
        NotOurs, TooOpen: the files of SQLite belong to somebody else.
    """
    if not url:
        check_room(data)
        await asyncio.to_thread(check_sqlite, data)
        leave_to_owner(data / DATABASE)
    database = Database(url or database_url(data))
    try:
        if not database.is_sqlite:
            # Imported late: with SQLite the driver for PostgreSQL is not loaded.
            from rescue_console.server.storage.readiness import wait_for_postgresql

            await wait_for_postgresql(url, wait_s)
        await migrate(database)
        if not database.is_sqlite:
            async with database.read() as connection:
                check_not_emptied(data, await newest_event(connection))
        yield database
    finally:
        await database.close()
