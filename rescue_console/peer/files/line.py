"""What sender and receiver of a file share: the channel, the threads, the consent."""

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
        send: Sends when there is room.
        post: Sends without waiting; drops the message when there is no channel.
        allowed: Whether files may go their way at this moment; asked before every part.
        changed: Told of every change of a transfer.
        threads: Where files are read and written; None for the loop's own.
    """

    send: Callable[[Message], Awaitable[None]]
    post: Callable[[Message], None]
    allowed: Callable[[], bool]
    changed: Callable[[Transfer], None]
    threads: Executor | None = None

    def check_allowed(self) -> None:
        """Stop when files may not go their way any more.

        Raises:
            FileFailed: they may not.
        """
        if not self.allowed():
            raise FileFailed(FileProblem.NOT_ALLOWED)

    async def in_thread(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what a blocking *function* returns, off the loop's thread."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.threads, partial(function, *args, **kwargs))

    async def opened(
        self, function: Callable[P, OpenedT], *args: P.args, **kwargs: P.kwargs
    ) -> OpenedT:
        """Return what *function* opens in a thread; closed when nobody waits for it any more."""
        opening = asyncio.ensure_future(self.in_thread(function, *args, **kwargs))
        try:
            return await asyncio.shield(opening)
        except asyncio.CancelledError:
            await asyncio.wait([opening])
            if opening.exception() is None:
                opening.result().close()
            raise


class News:
    """Wakes the one task that waits for something to have changed."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def tell(self) -> None:
        """Something has changed."""
        self._event.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until *condition* holds; it may raise what ends the waiting."""
        while not condition():
            self._event.clear()
            await self._event.wait()
