"""Fans the event log out to whoever listens on this node.

One task reads new rows in order and hands each to every subscriber that may know of it. The task is
woken by ``poke`` after a commit on this node, and by the messenger after a commit on another.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from datetime import datetime

from rescue_console.server.events.log import LoggedEvent, read_after
from rescue_console.server.storage.database import Database, StorageError
from rescue_console.server.storage.numbers import (
    begin_numbers,
    first_number,
    newest_event,
    was_told,
)

QUEUE_MAX = 1_000
"""How many events a subscriber may fall behind before it is let go, to come back and resume."""

_BATCH = 500
_log = logging.getLogger(__name__)


Wants = Callable[[LoggedEvent], bool]
"""Tells whether a listener may know of an event."""
TakeAtOnce = Callable[[LoggedEvent], bool]
"""Passes an event on without queueing it; ``False`` when that cannot be done now."""


def _queue_all(event: LoggedEvent) -> bool:
    return False


class Subscription:
    """One listener's queue; ``None`` in it says that no more events come.

    Attributes:
        too_slow: Whether this listener was let go because it fell too far behind.
    """

    def __init__(self, wants: Wants, take_at_once: TakeAtOnce = _queue_all) -> None:
        self.wants = wants
        self.take_at_once = take_at_once
        self.queue: asyncio.Queue[LoggedEvent | None] = asyncio.Queue(QUEUE_MAX + 1)
        self.too_slow = False
        self._let_go = False

    def offer(self, event: LoggedEvent) -> None:
        """Pass *event* on if it is wanted; give up on a listener that is too far behind."""
        if self._let_go or not self.wants(event):
            return
        if self.queue.empty() and self.take_at_once(event):
            return
        if self.queue.qsize() >= QUEUE_MAX:
            self.too_slow = True
            self.let_go()
        else:
            self.queue.put_nowait(event)

    def let_go(self) -> None:
        """Say that no more events come."""
        if not self._let_go:
            self._let_go = True
            # There is room: the queue holds one entry more than it may hold events.
            self.queue.put_nowait(None)


class EventStream:
    """Hands new events to subscribers; run ``follow`` as a task while the server lives."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._subscriptions: set[Subscription] = set()
        self._woken = asyncio.Event()
        self._on_poke: list[Callable[[], None]] = []
        self._on_number: list[Callable[[int], None]] = []
        self._stopping = False
        self.number = 0

    def on_local_poke(self, callback: Callable[[], None]) -> None:
        """Call *callback* whenever this node has committed, to tell other nodes."""
        self._on_poke.append(callback)

    def poke(self) -> None:
        """Say that this node has committed something."""
        self._woken.set()
        for callback in self._on_poke:
            callback()

    def wake(self) -> None:
        """Say that another node has committed something."""
        self._woken.set()

    def on_number(self, callback: Callable[[int], None]) -> None:
        """Call *callback* with the number of the newest event whenever new ones were handed out."""
        self._on_number.append(callback)

    async def start(self, now: datetime) -> None:
        """Begin after the newest event there is, with numbers that nobody has been told.

        Raises:
            StorageError: see Database.write.
        """
        async with self._database.write() as connection:
            await begin_numbers(connection, now)
            self.number = await newest_event(connection)

    async def follow(self) -> None:
        """Hand out new events until cancelled."""
        while True:
            await self._woken.wait()
            self._woken.clear()
            try:
                while await self._hand_out():
                    pass
            except StorageError:
                _log.warning("Reading new events failed; trying again.", exc_info=True)
                self._woken.set()
                await asyncio.sleep(1)

    async def _hand_out(self) -> bool:
        async with self._database.read() as connection:
            fresh = await read_after(connection, self.number, _BATCH)
        for event in fresh:
            for subscription in self._subscriptions:
                subscription.offer(event)
            self.number = event.number
            await asyncio.sleep(0)
        if fresh:
            for callback in self._on_number:
                callback(self.number)
        return len(fresh) == _BATCH

    async def position(self, after: int | None) -> tuple[int, bool]:
        """Return the number of the newest event, and whether one can go on from *after*.

        Subscribe first: what is handed out later than that number is in the queue.
        """
        if after is None:
            return self.number, False
        async with self._database.read() as connection:
            oldest = await first_number(connection)
            known = await was_told(connection, after)
            # Another node may have handed out more.
            newest = await newest_event(connection)
        # Looked at last: what is handed out from here on waits in the queue.
        now_at = self.number
        return now_at, known and oldest - 1 <= after <= max(now_at, newest)

    async def read_batch(self, after: int) -> list[LoggedEvent]:
        """Return the events after *after*, or the first of them if there are many."""
        async with self._database.read() as connection:
            return await read_after(connection, after, _BATCH)

    async def catch_up(
        self, after: int, now_at: int, wants: Wants
    ) -> tuple[int, list[LoggedEvent]]:
        """Return how far was looked, and which events are wanted; not all at once if it is much.

        Args:
            after: The number of the last event seen.
            now_at: The number of the last event to look at.
            wants: Asked about each event.
        """
        if after >= now_at:
            return after, []
        batch = await self.read_batch(after)
        found = [event for event in batch if event.number <= now_at and wants(event)]
        looked_to = batch[-1].number if len(batch) == _BATCH else now_at
        # What is numbered above now_at was read by chance, and is still to be looked at.
        return min(looked_to, now_at), found

    @property
    def listeners(self) -> int:
        """How many subscribers there are."""
        return len(self._subscriptions)

    @contextlib.asynccontextmanager
    async def subscribe(
        self, wants: Wants, take_at_once: TakeAtOnce = _queue_all
    ) -> AsyncIterator[Subscription]:
        """Listen for events that *wants* accepts, beginning with the next one handed out.

        Args:
            wants: Asked about each event.
            take_at_once: Offered each wanted event while the queue is empty; events that it does
                not take are queued.
        """
        subscription = Subscription(wants, take_at_once)
        if self._stopping:
            subscription.let_go()
        self._subscriptions.add(subscription)
        try:
            yield subscription
        finally:
            self._subscriptions.discard(subscription)

    def let_go(self) -> None:
        """Tell every subscriber, now and later, that the server is stopping."""
        self._stopping = True
        for subscription in self._subscriptions:
            subscription.let_go()
