"""Which node reports the figures of the whole system.

Each node could count all sessions in the database, but whoever adds up the nodes' metrics would
then count every session as often as there are nodes. So one node at a time has a lease on
reporting, and the others report only what is their own.
"""

import asyncio
import logging
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.server.clock import Clock
from rescue_console.server.storage.database import Database, StorageError
from rescue_console.server.storage.tables import leases

BEAT_S = 15.0
"""How often each node renews its lease, or looks whether it can have it."""

LEASE = timedelta(seconds=3 * BEAT_S)
"""How long the lease of a node that has stopped keeps the others from reporting."""

_NAME = "report"
_log = logging.getLogger(__name__)


class Reporter:
    """Tells whether this node is the one that reports; run ``beat`` as a task.

    Args:
        database: Where the lease is. An SQLite database has one node only, which needs none.
        clock: Tells how long a lease lasts.
        node: What tells this node from the others, also after it has been started again.
    """

    def __init__(self, database: Database, clock: Clock, node: str) -> None:
        self._database = database
        self._clock = clock
        self._node = node
        self._until: datetime | None = None

    @property
    def on_duty(self) -> bool:
        """Whether this node reports now."""
        if self._database.is_sqlite:
            return True
        return self._until is not None and _is_in_force(self._until, self._clock())

    async def beat(self) -> None:
        """Keep the lease, or take it when it is free, until cancelled."""
        while True:
            await asyncio.sleep(BEAT_S)
            try:
                await self.claim()
            except StorageError:
                _log.warning("Finding out which node reports the figures failed.", exc_info=True)

    async def claim(self) -> None:
        """Take or renew the lease, unless another node has it.

        Raises:
            StorageError: see Database.write.
        """
        if self._database.is_sqlite:
            return
        async with self._database.read() as connection:
            free = await self._may_have_it(connection)
        until = None
        if free:
            async with self._database.write() as connection:
                if await self._may_have_it(connection):
                    until = self._clock() + LEASE
                    await connection.execute(delete(leases).where(leases.c.name == _NAME))
                    row = {leases.c.name: _NAME, leases.c.node: self._node, leases.c.until: until}
                    await connection.execute(insert(leases).values(row))
        self._until = until

    async def _may_have_it(self, connection: AsyncConnection) -> bool:
        query = select(leases.c.node, leases.c.until).where(leases.c.name == _NAME)
        found = (await connection.execute(query)).first()
        if found is None:
            return True
        node, until = found
        return node == self._node or not _is_in_force(until, self._clock())


def _is_in_force(until: datetime, now: datetime) -> bool:
    # A lease that ends later than one can was made when some clock was wrong.
    return now < until <= now + LEASE
