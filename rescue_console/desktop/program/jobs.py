"""The coroutines of one window: whoever starts one owns it and ends it when the window closes.

Where a window is deleted before that, Qt deletes its ``Jobs`` with it, and they end, too.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

P = ParamSpec("P")
T = TypeVar("T")

_log = logging.getLogger(__name__)


class Jobs(QObject):
    """Owns running coroutines and reports the ones that fail.

    Signals:
        failed: A job ended with this exception, which is already logged; the receiver shows it.
    """

    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks: set[asyncio.Task[Any]] = set()
        self.destroyed.connect(partial(_cancel, self._tasks))

    def start(self, coroutine: Coroutine[Any, Any, T], name: str) -> asyncio.Task[T]:
        """Run *coroutine* from the loop's next iteration on; *name* is for the log."""
        task = asyncio.get_running_loop().create_task(coroutine, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            _log.error("The job %s failed", task.get_name(), exc_info=error)
            if isValid(self):
                self.failed.emit(error)

    @property
    def running(self) -> int:
        """How many jobs have not ended yet."""
        return len(self._tasks)

    def cancel_all(self) -> None:
        """Cancel every job; each ends at its next await."""
        _cancel(self._tasks)

    async def aclose(self) -> None:
        """Cancel every job but the caller's own, and wait until they have ended."""
        own = asyncio.current_task()
        waiting = [task for task in self._tasks if task is not own]
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    @staticmethod
    async def in_thread(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a blocking *function* on another thread and return what it returns.

        If the awaiting job is cancelled, the function still runs to its end but its result is lost.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(None, partial(function, *args, **kwargs))


def _cancel(tasks: set[asyncio.Task[Any]]) -> None:
    for task in tuple(tasks):
        if not task.get_loop().is_closed():
            task.cancel()
