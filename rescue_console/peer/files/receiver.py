"""Receives one file into a part file, hashes it and names it; everything received is hostile."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from rescue_console.peer.files.line import Line, News
from rescue_console.peer.files.part_file import PartFile
from rescue_console.peer.files.placement import Placement, place
from rescue_console.peer.files.problems import FileFailed
from rescue_console.peer.files.reception import Conflict, Reception
from rescue_console.peer.files.send_window import WINDOW_MAX_BYTES
from rescue_console.peer.files.transfer import Transfer, TransferState
from rescue_console.protocol.channel import (
    FileAccepted,
    FileChunk,
    FileEnded,
    FileFinished,
    FileOffered,
    FileReceived,
)
from rescue_console.protocol.file_problems import FileProblem

SUM_BYTES = 4 << 20
"""Bytes that are hashed at once when a part file is resumed."""

T = TypeVar("T")
FromSender = FileChunk | FileFinished | FileEnded


class FileReceiver:
    """Receives one file over one channel; after a loss, another receiver resumes its part file.

    Attributes:
        offer: The sender's offer.
        placement: Where the file goes, once that is decided; the next receiver gets it, too.
        arrived: The path of the whole file, once it has arrived.
    """

    def __init__(
        self,
        transfer: Transfer,
        offer: FileOffered,
        reception: Reception,
        line: Line,
        promised: Callable[[], int],
        placement: Placement | None = None,
    ) -> None:
        self.offer = offer
        self.placement = placement
        self.arrived: Path | None = None
        self._transfer = transfer
        self._reception = reception
        self._line = line
        self._promised = promised
        self._news = News()
        self._accepted = False
        self._expected = 0
        self._chunks: list[bytes] = []
        self._digest: bytes | None = None
        self._ended: FileFailed | None = None

    @property
    def promised(self) -> int:
        """Bytes that have yet to be written; 0 until the file is accepted."""
        return self.offer.size - self._transfer.done if self._accepted else 0

    def receive(self, message: FromSender) -> None:
        """Handle a message from the sender; never waits."""
        match message:
            case FileChunk():
                self._add_chunk(message)
            case FileFinished(sha256=sha256):
                if self._accepted and self._digest is None and self._expected == self.offer.size:
                    self._digest = sha256
                else:
                    self.stop(FileProblem.MISBEHAVED)
            case FileEnded(failure=failure):
                self._ended = FileFailed(failure or FileProblem.CANCELLED, by_peer=True)
        self._news.tell()

    def _add_chunk(self, chunk: FileChunk) -> None:
        after = chunk.offset + len(chunk.data)
        fits = (
            self._accepted
            and self._digest is None
            and len(chunk.data) > 0
            and chunk.offset == self._expected
            and after <= self.offer.size
            and after - self._transfer.done <= WINDOW_MAX_BYTES
        )
        if not fits:
            self.stop(FileProblem.MISBEHAVED)
        elif self._ended is None:
            self._chunks.append(chunk.data)
            self._expected = after

    def stop(self, problem: FileProblem) -> None:
        """End the transfer with *problem* as soon as possible."""
        self._ended = self._ended or FileFailed(problem)
        self._news.tell()

    def discard(self) -> None:
        """Delete the part file that a lost channel has left; ``run`` must not be running."""
        if self.placement is not None:
            with suppress(OSError):
                self.placement.part.unlink()

    async def run(self, lock_part: Callable[[Path], None]) -> Path:
        """Receive the file and return its path.

        Args:
            lock_part: Reserves the part file for this transfer; raises FileFailed when another
                transfer has it.

        Raises:
            FileFailed: the file did not arrive; nothing of it is kept.
        """
        if self.placement is None:
            self.placement = await self._decide()
        if self.offer.name.endswith("/"):
            return self.placement.target
        lock_part(self.placement.part)
        part = await self._line.opened(PartFile, self.placement, self.offer.size, self._promised())
        try:
            await self._sum_held(part)
            await self._accept(part.held)
            digest = await self._write_all(part)
            return await self._finish(part, digest)
        except FileFailed:
            await self._line.in_thread(part.delete)
            raise
        finally:
            await self._line.closed(part.close)

    async def _decide(self) -> Placement:
        folder = await self._answered(self._reception.folder_for(self.offer))
        self._check_going()
        placement = await self._line.in_thread(place, folder, self.offer)
        if self.offer.name.endswith("/"):
            return placement
        if not await self._line.in_thread(_is_there, placement.target):
            return placement
        match await self._answered(self._reception.on_conflict(placement.target)):
            case Conflict.SKIP:
                raise FileFailed(FileProblem.SKIPPED)
            case Conflict.KEEP_BOTH:
                return placement
            case Conflict.REPLACE:
                return Placement(placement.target, placement.part, replaces=True)

    async def _answered(self, question: Coroutine[Any, Any, T]) -> T:
        """Return the answer to *question*, which is cancelled if the transfer ends first.

        Raises:
            FileFailed: *question* raised it, or the transfer has ended.
        """
        asking = asyncio.create_task(question)
        ending = asyncio.create_task(self._news.until(lambda: self._ended is not None))
        try:
            await asyncio.wait([asking, ending], return_when=asyncio.FIRST_COMPLETED)
            self._check_going()
            return await asking
        finally:
            asking.cancel()
            ending.cancel()
            await asyncio.gather(asking, ending, return_exceptions=True)

    async def _sum_held(self, part: PartFile) -> None:
        left = part.held
        while left and self._check_going():
            count = min(left, SUM_BYTES)
            await self._line.in_thread(part.sum_held, count)
            left -= count

    async def _accept(self, offset: int) -> None:
        self._check_going()
        self._expected = offset
        self._accepted = True
        self._show(offset)
        await self._line.send(FileAccepted(id=self._transfer.id, offset=offset))

    async def _write_all(self, part: PartFile) -> bytes:
        """Write the parts as they arrive until the file is whole; return the sender's digest."""
        while True:
            await self._news.until(
                lambda: self._check_going() and (bool(self._chunks) or self._digest is not None)
            )
            if self._digest is not None and not self._chunks:
                return self._digest
            chunks, self._chunks = self._chunks, []
            await self._line.in_thread(part.write, chunks)
            self._show(self._transfer.done + sum(map(len, chunks)))
            await self._line.send(FileReceived(id=self._transfer.id, offset=self._transfer.done))

    async def _finish(self, part: PartFile, digest: bytes) -> Path:
        """Give the file its name, and set ``arrived`` even if the channel is lost meanwhile."""
        finishing = asyncio.ensure_future(
            self._line.in_thread(part.finish, digest, self.offer.modified_s)
        )
        try:
            self.arrived = await asyncio.shield(finishing)
        except asyncio.CancelledError:
            await asyncio.wait([finishing])
            if finishing.exception() is None:
                self.arrived = finishing.result()
            raise
        return self.arrived

    def _check_going(self) -> bool:
        """Return True if the transfer may go on.

        Raises:
            FileFailed: it may not.
        """
        if self._ended is not None:
            raise self._ended
        self._line.check_allowed()
        return True

    def _show(self, done: int) -> None:
        self._transfer.done = done
        self._transfer.state = TransferState.RUNNING
        self._line.changed(self._transfer)


def _is_there(path: Path) -> bool:
    return path.is_symlink() or path.exists()
