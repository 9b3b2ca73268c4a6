"""A thread with its own loop for packets and pictures, so that windows never wait for them."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class MediaThread:
    """Runs coroutines for the windows' loop until ``stop`` is called."""

    def __init__(self) -> None:
        # On Windows, too, the selector loop is the one that receives datagrams fast.
        self._loop = asyncio.SelectorEventLoop()
        self._thread = threading.Thread(target=self._turn, name="media", daemon=True)
        self._thread.start()

    def _turn(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        self._loop.run_until_complete(_end_all(self._loop))
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run *work* on the thread's loop and return its result; cancelling this cancels it."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    def start(self, work: Coroutine[Any, Any, object]) -> None:
        """Run *work* on the thread's loop without waiting for it."""
        asyncio.run_coroutine_threadsafe(work, self._loop)

    async def stop(self) -> None:
        """End the loop and the thread; nothing may be run on it afterwards."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        await asyncio.get_running_loop().run_in_executor(None, self._thread.join)


async def _end_all(loop: asyncio.SelectorEventLoop) -> None:
    """End what the libraries have left running and open, such as the leave of a TURN server."""
    while tasks := asyncio.all_tasks() - {asyncio.current_task()}:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    # WORKAROUND https://github.com/python/cpython/blob/main/Lib/asyncio/selector_events.py
    # (remove when a loop that closes closes its transports, or tells of them).
    for transport in list(loop._transports.values()):  # type: ignore[attr-defined]
        transport.abort()
    await asyncio.sleep(0)  # each socket is closed in the loop's next turn
