"""Notes that something happens in a session, which keeps an active one from timing out as idle.

Chat, consent, signals and notes are noted by the rules that keep them; here is what happens beside
them: bytes through the relay, and a picture or a file between the customer's page and the console.
"""

import asyncio
import contextlib
import logging
import math
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.refusals import Refusal
from rescue_console.server.rules.book.books import SessionBooks
from rescue_console.server.rules.book.noting import noting_pause, worth_noting
from rescue_console.server.rules.book.rows import read_consents, read_row
from rescue_console.server.storage.database import StorageError

_AFTER_TROUBLE = timedelta(minutes=1)
_log = logging.getLogger(__name__)


class Activity:
    """Notes activity, and writes no more often than it must."""

    def __init__(self, books: SessionBooks) -> None:
        self._books = books

    async def note(self, session_id: str) -> timedelta:
        """Note that something happens now; return for how long nobody need say so again."""
        async with self._books.read() as book:
            row = await read_row(book.connection, session_id)
            if row is None:
                return _AFTER_TROUBLE
            settings = book.tree.settings(row.group_id)
            status = SessionStatus(row.status)
            wanted = worth_noting(status, row.active_at, book.now, settings)
        if wanted:
            # Looked at before without the write lock, which the second socket of a pair, and a
            # page that repeats itself, need not take.
            async with self._books.write() as book:
                await book.note_activity(await book.lock(session_id))
        return noting_pause(settings)

    async def page_busy(self, session_id: str) -> None:
        """Note that a picture or a file is on its way, if the customer has agreed to either."""
        async with self._books.read() as book:
            row = await read_row(book.connection, session_id)
            consents = read_consents(row.consents) if row is not None else {}
        if any(consents.get(power) is Consent.GRANTED for power in (Power.VIEW, Power.FILES)):
            await self.note(session_id)

    @contextlib.asynccontextmanager
    async def pulse(self, session_id: str) -> AsyncIterator[Callable[[], None]]:
        """Give a function to call whenever something happens, however often that is."""
        pulse = _Pulse(self, session_id)
        try:
            yield pulse.beat
        finally:
            await pulse.aclose()


class _Pulse:
    """Notes the activity of one connection beside it, so that nothing waits for the database."""

    def __init__(self, activity: Activity, session_id: str) -> None:
        self._activity = activity
        self._session_id = session_id
        self._loop = asyncio.get_running_loop()
        self._quiet_until_s = -math.inf
        self._noting: asyncio.Task[None] | None = None

    def beat(self) -> None:
        """Say that something happens."""
        if self._loop.time() >= self._quiet_until_s:
            self._quiet_until_s = math.inf
            self._noting = self._loop.create_task(self._note())

    async def aclose(self) -> None:
        """Finish what is being noted."""
        if self._noting is not None:
            # Never cancelled: a transaction that is cut off would keep the database waiting.
            await asyncio.shield(self._noting)

    async def _note(self) -> None:
        try:
            pause = await self._activity.note(self._session_id)
        except (StorageError, Refusal):
            _log.warning("Noting that a session is not idle failed.", exc_info=True)
            pause = _AFTER_TROUBLE
        self._quiet_until_s = self._loop.time() + pause.total_seconds()
