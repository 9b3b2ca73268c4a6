"""Which customers are connected to this node, and what follows when one no longer is."""

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from rescue_console.protocol.statuses import CONNECTED, LOST
from rescue_console.server.refusals import Refusal
from rescue_console.server.rules.book.books import SessionBooks
from rescue_console.server.rules.book.rows import SessionRow
from rescue_console.server.rules.helping.customers import Customers
from rescue_console.server.rules.helping.helping import Helping
from rescue_console.server.storage.database import Database, StorageError
from rescue_console.server.storage.tables import sessions

RELOAD_S = 8.0
"""How long a page may be gone before its customer counts as gone: a reload, or joining over a slow
phone network, takes less."""

ASKS_AGAIN_WITHIN_S = 2.0
"""How long after one request of a page that asks for news the next one follows, in seconds."""

BEAT_S = 15.0
"""How often each node records which customers are connected to it."""

ELSEWHERE_S = BEAT_S + 2.0
"""How long a page that asks for news by requests may be gone where there are other nodes: its next
request may have gone to one of them, which has then recorded it."""

SILENT = timedelta(seconds=3 * BEAT_S)
"""A customer whom no node has seen for this long is gone: their node has stopped or lost them."""

PAGES_MAX = 20
"""How many pages of one session this node allows; a customer has one or two, and the applet."""

_log = logging.getLogger(__name__)


def is_seen(row: SessionRow, now: datetime) -> bool:
    """Tell whether some node has a page of the session in *row* open."""
    return row.seen_at is not None and row.seen_at >= now - SILENT


class Presence:
    """Counts the open pages of each session on this node."""

    def __init__(
        self, database: Database, books: SessionBooks, customers: Customers, helping: Helping
    ) -> None:
        self._database = database
        self._alone = database.is_sqlite
        self._books = books
        self._customers = customers
        self._helping = helping
        self._pages: Counter[str] = Counter()
        self._rooms: Counter[str] = Counter()
        self._farewells: dict[str, asyncio.Task[None]] = {}
        self._asking: set[str] = set()
        self._stopping = False

    @contextlib.contextmanager
    def page(
        self, session_id: str, *, room: bool = False, asks_again: bool = False
    ) -> Iterator[None]:
        """Count one open page of a session for as long as the block runs.

        Args:
            session_id: Which session.
            room: Whether it is the waiting room of a browser that has joined, rather than the page
                of a link or the applet.
            asks_again: Whether the page asks for news by one request after the other, and so is
                still open for a moment after the block.
        """
        farewell = self._farewells.pop(session_id, None)
        if farewell is not None:
            farewell.cancel()
        self._pages[session_id] += 1
        self._rooms[session_id] += room
        try:
            yield
        finally:
            if asks_again:
                self._asking.add(session_id)
                loop = asyncio.get_running_loop()
                loop.call_later(ASKS_AGAIN_WITHIN_S, self._leave_room, session_id, room)
            else:
                self._leave_room(session_id, room)
            self._pages[session_id] -= 1
            if not self._pages[session_id]:
                del self._pages[session_id]
                if not self._stopping:
                    self._farewells[session_id] = asyncio.create_task(self._farewell(session_id))

    def _leave_room(self, session_id: str, room: bool) -> None:
        self._rooms[session_id] -= room
        if not self._rooms[session_id]:
            del self._rooms[session_id]

    def has_room(self, session_id: str) -> bool:
        """Tell whether a browser that has joined has the waiting room open on this node."""
        return self._rooms[session_id] > 0

    def is_crowded(self, session_id: str) -> bool:
        """Tell whether a session has all its PAGES_MAX pages open on this node."""
        return self._pages[session_id] >= PAGES_MAX

    @property
    def connected(self) -> int:
        """How many sessions have a page open on this node."""
        return len(self._pages)

    async def beat(self) -> None:
        """Record until cancelled who is here, and notice whom no node has seen for too long."""
        while True:
            try:
                await self.sweep()
            except StorageError:
                _log.warning("Noting who is connected failed; trying again.", exc_info=True)
            await asyncio.sleep(BEAT_S)

    async def sweep(self) -> None:
        """Record once who is here, and notice whom no node has seen for longer than SILENT.

        Raises:
            StorageError: see Database.write.
        """
        await self._record_who_is_here()
        await self._notice_who_is_gone()

    async def close(self) -> None:
        """Stop watching: customers are not gone merely because this server stops."""
        self._stopping = True
        for task in self._farewells.values():
            task.cancel()
        await asyncio.gather(*self._farewells.values(), return_exceptions=True)

    async def _farewell(self, session_id: str) -> None:
        closed_at = self._books.clock()
        elsewhere = session_id in self._asking and not self._alone
        await asyncio.sleep(ELSEWHERE_S if elsewhere else RELOAD_S)
        self._farewells.pop(session_id, None)
        self._asking.discard(session_id)
        try:
            # Another node may have a page of the session open and have recorded it meanwhile.
            await self._customers.went_away(session_id, closed_at)
        except (StorageError, Refusal):
            _log.warning(
                "Noting a lost customer failed; the next sweep tries again.", exc_info=True
            )

    async def _record_who_is_here(self) -> None:
        here = list(self._pages)
        if not here:
            return
        async with self._database.write() as connection:
            await connection.execute(
                update(sessions)
                .where(sessions.c.id.in_(here))
                .values({sessions.c.seen_at: self._books.clock()})
            )
            query = select(sessions.c.id).where(
                sessions.c.id.in_(here), sessions.c.status.in_(LOST)
            )
            lost = (await connection.execute(query)).scalars().all()
        # The node that lost the customer could not know that a page is open here.
        for session_id in lost:
            if session_id in self._pages:
                await self._customers.is_here(session_id)

    async def _notice_who_is_gone(self) -> None:
        unseen_since = self._books.clock() - SILENT
        query = select(sessions.c.id).where(
            sessions.c.live,
            sessions.c.status.in_(CONNECTED),
            or_(sessions.c.seen_at.is_(None), sessions.c.seen_at < unseen_since),
        )
        async with self._database.read() as connection:
            silent = (await connection.execute(query)).scalars().all()
        for session_id in silent:
            if session_id not in self._pages:
                await self._customers.fell_silent(session_id, SILENT)
        await self._forget_applets()

    async def _forget_applets(self) -> None:
        """Note that applets are gone whose nodes stopped without noting it themselves."""
        unseen_since = self._books.clock() - SILENT
        query = select(sessions.c.id, sessions.c.applet_socket).where(
            sessions.c.live, sessions.c.applet_connected, sessions.c.seen_at < unseen_since
        )
        async with self._database.read() as connection:
            silent = (await connection.execute(query)).all()
        for session_id, socket_id in silent:
            if session_id not in self._pages:
                await self._helping.applet_connected(
                    session_id, connected=False, socket_id=socket_id or "", silent=SILENT
                )
