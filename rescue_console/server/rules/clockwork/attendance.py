"""Which technicians have a console connected to this node, recorded for all nodes to see."""

import asyncio
import contextlib
import logging
import math
from collections import Counter
from collections.abc import Collection, Iterator

from sqlalchemy import update

from rescue_console.server.clock import Clock
from rescue_console.server.storage.database import Database, StorageError
from rescue_console.server.storage.tables import technicians

BEAT_S = 60.0
"""How often each node records which technicians' consoles are connected to it."""

STREAMS_MAX = 20
"""How many consoles one sign-in may connect to this node. A console has one; those that were lost
without a word stay for less than a minute."""

ASKS_AGAIN_WITHIN_S = 5.0
"""How long after one request of a console that asks for news the next one follows, in seconds."""

_log = logging.getLogger(__name__)


class Attendance:
    """Counts the connected consoles of each technician on this node; run ``beat`` as a task."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._consoles: Counter[str] = Counter()
        self._of_sign_in: Counter[str] = Counter()
        self._present: Counter[str] = Counter()
        self._newcomers: set[str] = set()
        self._noted_s: dict[str, float] = {}
        self._somebody_came = asyncio.Event()

    def has_room(self, sign_in_id: str) -> bool:
        """Tell whether a sign-in may connect one more console."""
        return self._of_sign_in[sign_in_id] < STREAMS_MAX

    def is_connected(self, sign_in_id: str) -> bool:
        """Tell whether a sign-in has a console connected to this node."""
        return self._present[sign_in_id] > 0

    @contextlib.contextmanager
    def console(
        self, technician_id: str, sign_in_id: str, *, asks_again: bool = False
    ) -> Iterator[None]:
        """Count one console of a technician for as long as the block runs.

        Args:
            technician_id: Whose console it is.
            sign_in_id: Which of them.
            asks_again: Whether it asks for news by one request after the other, and so is still
                connected for a moment after the block.
        """
        now_s = asyncio.get_running_loop().time()
        # One that reads its news by plain HTTP comes and goes with each request.
        noted_s = self._noted_s.get(technician_id, -math.inf)
        if not self._consoles[technician_id] and now_s - noted_s > BEAT_S / 2:
            self._newcomers.add(technician_id)
            self._somebody_came.set()
        self._consoles[technician_id] += 1
        self._of_sign_in[sign_in_id] += 1
        self._present[sign_in_id] += 1
        try:
            yield
        finally:
            self._consoles[technician_id] -= 1
            if not self._consoles[technician_id]:
                del self._consoles[technician_id]
            self._of_sign_in[sign_in_id] -= 1
            if not self._of_sign_in[sign_in_id]:
                del self._of_sign_in[sign_in_id]
            if asks_again:
                loop = asyncio.get_running_loop()
                loop.call_later(ASKS_AGAIN_WITHIN_S, self._leave, sign_in_id)
            else:
                self._leave(sign_in_id)

    def _leave(self, sign_in_id: str) -> None:
        self._present[sign_in_id] -= 1
        if not self._present[sign_in_id]:
            del self._present[sign_in_id]

    async def beat(self) -> None:
        """Record until cancelled who is here: everybody every BEAT_S, newcomers at once."""
        clock_s = asyncio.get_running_loop().time
        next_s = clock_s()
        while True:
            try:
                if clock_s() >= next_s:
                    next_s = clock_s() + BEAT_S
                    await self.sweep()
                else:
                    await self._note(self._newcomers)
            except StorageError:
                _log.warning("Noting which consoles are connected failed.", exc_info=True)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout_at(next_s):
                    await self._somebody_came.wait()
            self._somebody_came.clear()

    async def sweep(self) -> None:
        """Record once who is here.

        Raises:
            StorageError: see Database.write.
        """
        await self._note(self._consoles)

    async def _note(self, technician_ids: Collection[str]) -> None:
        here, self._newcomers = list(technician_ids), set()
        if not here:
            return
        async with self._database.write() as connection:
            await connection.execute(
                update(technicians)
                .where(technicians.c.id.in_(here))
                .values({technicians.c.seen_at: self._clock()})
            )
        now_s = asyncio.get_running_loop().time()
        lately = {one: at for one, at in self._noted_s.items() if now_s - at < BEAT_S}
        self._noted_s = lately | dict.fromkeys(here, now_s)
