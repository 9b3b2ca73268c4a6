"""Work that takes memory and a core: a few at once, some more waiting, and no more than that."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

BUSY_S = 5
"""When whoever found the lane full may try again."""


class LaneFull(Exception):
    """So many wait already that another one would only make them wait longer."""


class Lane:
    """Threads for one kind of work.

    Args:
        name: What the threads are called.
        at_once: How many work at once.
        waiting_max: How many may wait besides.
    """

    def __init__(self, name: str, *, at_once: int, waiting_max: int) -> None:
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix=name)
        self._most = at_once + waiting_max
        self._inside = 0
        self._lock = threading.Lock()

    async def run(self, work: Callable[[], T]) -> T:
        """Return what *work* returns, done in a thread when it is its turn.

        Raises:
            LaneFull: at once, if too many wait already.
        """
        with self._lock:
            if self._inside >= self._most:
                raise LaneFull
            self._inside += 1
        doing = self._threads.submit(work)
        # It takes its place until the thread is done with it, even if nobody waits any more.
        doing.add_done_callback(self._leave)
        return await asyncio.wrap_future(doing)

    def _leave(self, _: object) -> None:
        with self._lock:
            self._inside -= 1
