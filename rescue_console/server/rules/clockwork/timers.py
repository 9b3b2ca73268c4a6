"""Ends statuses whose deadline has passed.

Deadlines are kept in the database, so none is lost when the server restarts.
"""

import asyncio
import logging
from datetime import datetime

from sqlalchemy import delete, func, select

from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.events.log import KEPT, forget_old
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.rules.book.books import SessionBooks
from rescue_console.server.rules.clockwork.chat_keeping import forget_chat
from rescue_console.server.rules.clockwork.presence import is_seen
from rescue_console.server.rules.helping.restarts import go_on
from rescue_console.server.storage.database import Database, StorageError
from rescue_console.server.storage.tables import idempotency, sessions

LOOK_S = 1.0
"""How often deadlines are checked, and so by how much a session may end too late."""

_TIDY_S = 60.0
_BATCH = 100
_log = logging.getLogger(__name__)


class Timers:
    """Looks for sessions whose deadline has passed; run ``run`` as a task."""

    def __init__(self, database: Database, books: SessionBooks) -> None:
        self._database = database
        self._books = books

    async def run(self) -> None:
        """End what is due and tidy up once a minute, until cancelled."""
        tidied_s = -_TIDY_S
        while True:
            try:
                await self.end_due()
                now_s = asyncio.get_running_loop().time()
                if now_s - tidied_s >= _TIDY_S:
                    await self.tidy()
                    tidied_s = now_s
            except StorageError:
                _log.warning("Checking deadlines failed; trying again.", exc_info=True)
            await asyncio.sleep(LOOK_S)

    async def end_due(self) -> None:
        """End the status of every session whose deadline has passed."""
        due = select(sessions.c.id).order_by(sessions.c.due_at).limit(_BATCH)
        while True:
            # By the time of now in each round: another node may have moved it.
            passed = due.where(sessions.c.due_at <= self._books.clock())
            async with self._database.read() as connection:
                ids = (await connection.execute(passed)).scalars().all()
            if not ids:
                return
            async with self._books.write() as book:
                for session_id in ids:
                    await _end(book, session_id, book.now)

    async def tidy(self) -> None:
        """Forget chat, events and idempotency keys that have been kept long enough."""
        await forget_chat(self._books)
        async with self._database.write() as connection:
            now = self._books.clock()
            await forget_old(connection, now)
            await connection.execute(
                delete(idempotency).where(idempotency.c.created_at < now - KEPT)
            )


async def _end(book: SessionBook, session_id: str, now: datetime) -> None:
    row = await book.lock(session_id)
    ends = book.deadline(row)
    if ends is None or ends.at > now:
        # The group's limits have changed since, so only the stored deadline is out of date.
        await book.set(row, due_at=ends.at if ends else None)
    elif row.status is SessionStatus.REBOOTING and is_seen(row, now):
        # The customer still has the page open, although the applet has not come back.
        await go_on(book, row)
    else:
        await book.change(row, ends.then)


async def count_by_status(database: Database) -> dict[SessionStatus, int]:
    """Return how many live sessions have each status, for the metrics."""
    query = (
        select(sessions.c.status, func.count()).where(sessions.c.live).group_by(sessions.c.status)
    )
    async with database.read() as connection:
        return dict((await connection.execute(query)).all())
