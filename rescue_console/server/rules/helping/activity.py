"""Notes activity in a session, which keeps an active one from timing out as idle.

The rules for chat, consent, signals and notes note their own activity. This module covers the rest:
bytes through the relay, and a picture or file between the customer's page and the console.
"""

import asyncio
import contextlib
import logging
import math
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

from sqlalchemy import select

from rescue_console.protocol.powers import Consent, Power
from rescue_console.server.refusals import Refusal
from rescue_console.server.rules.book.books import SessionBooks
from rescue_console.server.rules.book.noting import noting_pause, worth_noting
from rescue_console.server.storage.database import StorageError
from rescue_console.server.storage.tables import sessions

_AFTER_TROUBLE = timedelta(minutes=1)
_log = logging.getLogger(__name__)


class Activity:
    """Notes activity, writing to the database no more often than it must."""

    def __init__(self, books: SessionBooks) -> None:
        self._books = books

    async def note(self, session_id: str) -> timedelta:
        """Note activity now; return how long it need not be noted again."""
        query = select(sessions.c.status, sessions.c.active_at, sessions.c.group_id).where(
            sessions.c.id == session_id
        )
        async with self._books.read() as book:
            found = (await book.connection.execute(query)).first()
            if found is None:
                return _AFTER_TROUBLE
            status, active_at, group_id = found
            settings = book.tree.settings(group_id)
            wanted = worth_noting(status, active_at, book.now, settings)
        if wanted:
            # Checked first without the write lock: the second socket of a pair, or a page that
            # repeats itself, does not need it.
            async with self._books.write() as book:
                await book.note_activity(await book.lock(session_id))
        return noting_pause(settings)

    async def page_busy(self, session_id: str) -> None:
        """Note that a picture or file is being sent, if the customer has granted either."""
        query = select(sessions.c.consents).where(sessions.c.id == session_id)
        async with self._books.read() as book:
            consents = (await book.connection.execute(query)).scalar() or {}
        if any(consents.get(power) is Consent.GRANTED for power in (Power.VIEW, Power.FILES)):
            await self.note(session_id)

    @contextlib.asynccontextmanager
    async def pulse(self, session_id: str) -> AsyncIterator[Callable[[], None]]:
        """Provide a function to call on all activity, however frequent."""
        pulse = _Pulse(self, session_id)
        try:
            yield pulse.beat
        finally:
            await pulse.aclose()


class _Pulse:
    """Notes the activity of one connection in a task, so that it never waits for the database."""

    def __init__(self, activity: Activity, session_id: str) -> None:
        self._activity = activity
        self._session_id = session_id
        self._loop = asyncio.get_running_loop()
        self._quiet_until_s = -math.inf
        self._noting: asyncio.Task[None] | None = None

    def beat(self) -> None:
        """Report activity."""
        if self._loop.time() >= self._quiet_until_s:
            self._quiet_until_s = math.inf
            self._noting = self._loop.create_task(self._note())

    async def aclose(self) -> None:
        """Wait until activity has been noted, if noting it has begun."""
        if self._noting is not None:
            # Never cancelled: a transaction that was cut off would hold up the database.
            await asyncio.shield(self._noting)

    async def _note(self) -> None:
        try:
            pause = await self._activity.note(self._session_id)
        except (StorageError, Refusal):
            _log.warning("Noting that a session is not idle failed.", exc_info=True)
            pause = _AFTER_TROUBLE
        self._quiet_until_s = self._loop.time() + pause.total_seconds()
