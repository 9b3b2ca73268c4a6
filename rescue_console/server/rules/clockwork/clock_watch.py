"""Notices when the machine's clock jumps, so that nothing ends because of that.

The server's own time goes on evenly (``SteadyClock``). When the machine's clock has jumped and has
then gone on evenly for SETTLED, the server's time follows it, and all times in the database that
something ends by move with it, in one transaction: what had an hour left still has an hour left.
A clock that jumps for a moment moves nothing.

Several nodes on one database share one time. ``clock.moved`` says by how much it was moved, and
each node follows the others at the start of every writing transaction: whatever ends something
reads the time inside one.
"""

import asyncio
import logging
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.server.clock import SteadyClock
from rescue_console.server.events.log import tell_me, tell_session
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.rules.book.books import SessionBooks
from rescue_console.server.storage.database import Database, StorageError
from rescue_console.server.storage.kept_clock import ClockFile, KeptClock
from rescue_console.server.storage.moving_times import end_future, move_times, read_moved
from rescue_console.server.storage.tables import events, groups, sessions

LOOK_S = 1.0
"""How often the clocks are compared."""

JUMP = timedelta(seconds=3)
"""A difference below this within one look is no jump: clocks are set right in small steps, too."""

SETTLED = timedelta(seconds=60)
"""How long the machine's clock must go on evenly after a jump before the server's time follows."""

_NOTHING = timedelta()
_log = logging.getLogger(__name__)


class ClockWatch:
    """Keeps the server's time and the machine's together; run ``run`` as a task.

    Args:
        clock: The server's time on this node.
        file: Keeps the clock for the next start.
    """

    def __init__(
        self, database: Database, books: SessionBooks, clock: SteadyClock, file: ClockFile
    ) -> None:
        self._database = database
        self._books = books
        self._clock = clock
        self._file = file
        self._kept: KeptClock | None = None
        self._moved = _NOTHING
        self._apart = _NOTHING
        self._jumped_at: timedelta | None = None

    async def begin(self) -> None:
        """Go on with the time of the server that ran here before, and of the other nodes.

        If nothing tells that time, the machine's clock is believed, but never a time before the
        newest event: a clock that has lost its power begins years ago.

        Raises:
            StorageError: see Database.write.
        """
        self._kept = self._file.read()
        async with self._database.write() as connection:
            self._moved = await read_moved(connection)
            if self._kept is not None:
                self._clock.offset = self._kept.offset + (self._moved - self._kept.moved)
            else:
                newest = (await connection.execute(select(func.max(events.c.at)))).scalar()
                if newest is not None and newest > self._clock():
                    self._clock.move(newest - self._clock())
            await end_future(connection, self._clock())
        if not self._database.is_sqlite:  # which is one node's own
            self._database.at_write = self._follow
        self._apart = self._clock.apart()
        if abs(self._apart) >= JUMP:
            self._note_jump(self._apart)
        self._keep()

    async def run(self) -> None:
        """Compare the clocks until cancelled."""
        while True:
            try:
                await self.look()
            except StorageError:
                _log.warning("Looking after the clock failed; trying again.", exc_info=True)
            await asyncio.sleep(LOOK_S)

    async def look(self) -> None:
        """Compare the clocks once.

        Raises:
            StorageError: see Database.write.
        """
        if not self._database.is_sqlite:
            async with self._database.read() as connection:
                await self._follow(connection)
        apart, before = self._clock.apart(), self._apart
        self._apart = apart
        if abs(apart - before) >= JUMP:
            self._note_jump(apart - before)
        elif self._jumped_at is None:
            self._follow_machine(apart, before)
        elif self._clock.counter() - self._jumped_at >= SETTLED:
            if abs(apart) >= JUMP:
                await self._move()
            self._jumped_at = None
        self._keep()

    async def _follow(self, connection: AsyncConnection) -> None:
        """Move this node's time as far as another node has moved the shared one."""
        known, moved = self._moved, await read_moved(connection)
        if known != self._moved:
            return  # a transaction that began later has followed meanwhile
        by, self._moved = moved - known, moved
        if by:
            _log.warning("Another node has moved the server's time by %s.", by)
            self._clock.move(by)
            self._apart -= by

    def _note_jump(self, by: timedelta) -> None:
        _log.warning(
            "The machine's clock has jumped by %s. The server's time goes on as before, and "
            "follows once the clock has gone on evenly for %s.",
            by,
            SETTLED,
        )
        self._jumped_at = self._clock.counter()

    def _follow_machine(self, apart: timedelta, before: timedelta) -> None:
        """Follow small corrections; a node far from the others' time keeps to theirs."""
        by = apart if abs(apart) < JUMP else apart - before
        self._clock.move(by)
        self._apart -= by

    async def _move(self) -> None:
        """Move the server's time to the machine's, and with it all times that it decides by.

        Others read meanwhile. Nothing has ended for them if the clock is behind the times, so it
        goes back before them, and forward after them.
        """
        by = early = _NOTHING
        try:
            async with self._books.write() as book:
                if abs(self._clock.apart()) >= JUMP:
                    by, now = self._clock.apart(), self._clock()
                    early = min(by, _NOTHING)
                    self._clock.move(early)
                    await move_times(book.connection, by, now)
                    await self._tell(book, now + by)
        except Exception:
            self._clock.move(-early)
            raise
        self._clock.move(by - early)
        self._moved += by
        self._apart = self._clock.apart()
        _log.warning("The server's time was moved by %s, and all time limits with it.", by)

    async def _tell(self, book: SessionBook, now: datetime) -> None:
        """Send all consoles the new times."""
        topmost = select(groups.c.id).where(groups.c.parent_id.is_(None))
        for group_id in (await book.connection.execute(topmost)).scalars().all():
            await tell_me(book.connection, now, group_id=group_id)
        live = select(sessions.c.id).where(sessions.c.live)
        for session_id in (await book.connection.execute(live)).scalars().all():
            await tell_session(book.connection, book.view(await book.lock(session_id)), now)

    def _keep(self) -> None:
        kept = self._kept
        now = KeptClock(self._clock.offset, self._moved)
        if kept is None or kept.moved != now.moved or abs(kept.offset - now.offset) >= JUMP / 3:
            self._kept = now
            self._file.keep(now)
