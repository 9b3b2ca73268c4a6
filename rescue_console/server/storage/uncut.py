"""Database work that a cancelled caller cannot cut off halfway.

A driver that is cancelled in the middle of a statement leaves its connection in an unknown state:
SQLite's goes on in its thread and holds the write lock meanwhile. So each statement runs to its end
in a task of its own, and the cancellation takes effect afterwards.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

T = TypeVar("T")


async def uncut(work: Coroutine[Any, Any, T]) -> T:
    """Do *work* to its end, even if the caller is cancelled meanwhile, and return its result.

    Raises:
        CancelledError: the caller was cancelled; the work has been done nevertheless.
    """
    task = asyncio.create_task(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait((task,))
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        task.exception()  # retrieved, since the caller is no longer there to receive it
        raise cancelled
    return task.result()


class UncutConnection(AsyncConnection):
    """A connection whose statements finish before a cancellation takes effect."""

    __slots__ = ()

    async def execute(self, *args: Any, **options: Any) -> Any:
        """Run a statement; see AsyncConnection.execute."""
        return await uncut(super().execute(*args, **options))

    async def exec_driver_sql(self, *args: Any, **options: Any) -> Any:
        """Run a statement in the driver's own words; see AsyncConnection.exec_driver_sql."""
        return await uncut(super().exec_driver_sql(*args, **options))

    async def run_sync(self, *args: Any, **options: Any) -> Any:
        """Call a function on the blocking connection; see AsyncConnection.run_sync."""
        return await uncut(super().run_sync(*args, **options))
