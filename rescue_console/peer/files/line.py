"""What the sender and the receiver of a file both need: the channel, the threads, the consent."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import ParamSpec, Protocol, TypeVar

from rescue_console.peer.files.problems import FileFailed
from rescue_console.peer.files.transfer import Transfer
from rescue_console.protocol.channel import Message
from rescue_console.protocol.file_problems import FileProblem

P = ParamSpec("P")
T = TypeVar("T")


class _Closable(Protocol):
    def close(self) -> None: ...


OpenedT = TypeVar("OpenedT", bound=_Closable)


@dataclass(frozen=True)
class Line:
    """One side's end of the channel, for files.

    Attributes:
        send: Sends a message as soon as there is room.
        post: Sends a message without waiting; drops it when there is no channel.
        allowed: Returns whether files may be transferred right now; called before every part.
        changed: Called at every change of a transfer.
        threads: Where files are read and written; ``None`` for the loop's own threads.
    """

    send: Callable[[Message], Awaitable[None]]
    post: Callable[[Message], None]
    allowed: Callable[[], bool]
    changed: Callable[[Transfer], None]
    threads: Executor | None = None

    def check_allowed(self) -> None:
        """Raise an error if files may no longer be transferred.

        Raises:
            FileFailed: with ``NOT_ALLOWED``.
        """
        if not self.allowed():
            raise FileFailed(FileProblem.NOT_ALLOWED)

    async def in_thread(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a blocking *function* outside the loop's thread, and return its result."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.threads, partial(function, *args, **kwargs))

    async def closed(self, close: Callable[[], None]) -> None:
        """Run *close* outside the loop's thread, also if this call is cancelled."""
        # A call that still waits for a thread would be dropped with whoever awaits it.
        await asyncio.shield(asyncio.get_running_loop().run_in_executor(self.threads, close))

    async def opened(
        self, function: Callable[P, OpenedT], *args: P.args, **kwargs: P.kwargs
    ) -> OpenedT:
        """Return what *function* opens in a thread; if this call is cancelled, close it again."""
        opening = asyncio.ensure_future(self.in_thread(function, *args, **kwargs))
        try:
            return await asyncio.shield(opening)
        except asyncio.CancelledError:
            await asyncio.wait([opening])
            if opening.exception() is None:
                opening.result().close()
            raise


class News:
    """Wakes the one task that waits for a change."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def tell(self) -> None:
        """Say that something has changed."""
        self._event.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until *condition* returns true; an exception that it raises ends the waiting."""
        while not condition():
            self._event.clear()
            await self._event.wait()
