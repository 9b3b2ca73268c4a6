"""A thread for calls that may block for long, such as a request that is held at the server."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import TypeVar

T = TypeVar("T")


class Worker:
    """One thread, which makes one call after the other; nobody waits for it when the program ends.

    The threads of the loop's executor are waited for, and a held request would delay the end.
    """

    def __init__(self) -> None:
        self._calls: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        threading.Thread(target=self._work, name="held requests", daemon=True).start()

    async def call(self, function: Callable[[], T]) -> T:
        """Return what *function* returns; if this is cancelled, it still runs to its end."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()

        def settle(result: T | None, error: BaseException | None) -> None:
            if answer.done():
                return
            if error is not None:
                answer.set_exception(error)
            else:
                answer.set_result(result)  # type: ignore[arg-type]  # there is one, if no error

        def work() -> None:
            result, error = None, None
            try:
                result = function()
            except Exception as raised:
                error = raised
            with suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(settle, result, error)

        self._calls.put(work)
        return await answer

    def leave(self) -> None:
        """End the thread after its present call."""
        self._calls.put(None)

    def _work(self) -> None:
        while (work := self._calls.get()) is not None:
            work()
