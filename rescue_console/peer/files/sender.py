"""Sends one file: offer, parts as the window allows, digest; then waits for the confirmation."""

import asyncio
from collections.abc import Callable

from rescue_console.peer.files.line import Line, News
from rescue_console.peer.files.problems import FileFailed
from rescue_console.peer.files.send_window import SendWindow
from rescue_console.peer.files.source_file import SourceFile
from rescue_console.peer.files.sources import Source
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

READ_BYTES = 1 << 20
"""Bytes read at once: using a thread costs about as much as reading 100 kB."""

OFFER_AGAIN_S = 3.0
"""How long to wait for an answer before the offer is repeated."""

FromReceiver = FileAccepted | FileReceived | FileEnded


class FileSender:
    """Sends one file over one channel; after a loss, another sender offers it again.

    Attributes:
        all_sent: Whether everything has been sent, and only the receiver's confirmation is missing.
            After a lost channel, the receiver may then confirm at once that it has the file.
    """

    def __init__(
        self,
        transfer: Transfer,
        source: Source,
        line: Line,
        wanted: int | None = None,
        *,
        all_sent: bool = False,
    ) -> None:
        self._transfer = transfer
        self._source = source
        self._line = line
        self._wanted = wanted
        self._news = News()
        self._window = SendWindow()
        self._offset: int | None = None
        self._sent = 0
        self.all_sent = all_sent
        self._ended: FileFailed | None = None
        self._received = False

    def receive(self, message: FromReceiver) -> None:
        """Handle a message from the receiver; never waits."""
        match message:
            case FileAccepted(offset=offset):
                fits = self._offset is None and offset <= self._source.size
                if fits:
                    self._offset = self._sent = offset
                    self._show(offset)
                else:
                    self.stop(FileProblem.MISBEHAVED)
            case FileReceived(offset=offset):
                if self._transfer.done <= offset <= self._sent:
                    self._show(offset)
                else:
                    self.stop(FileProblem.MISBEHAVED)
            case FileEnded(failure=failure):
                if failure:
                    self._ended = FileFailed(failure, by_peer=True)
                elif self.all_sent:
                    self._received = True
                else:
                    self._ended = FileFailed(FileProblem.MISBEHAVED, by_peer=True)
        self._news.tell()

    def stop(self, problem: FileProblem) -> None:
        """End the transfer with *problem* as soon as possible."""
        self._ended = self._ended or FileFailed(problem)
        self._news.tell()

    async def run(self) -> None:
        """Send the file.

        Raises:
            FileFailed: the file did not arrive.
        """
        if self._source.folder:
            self.all_sent = True
            await self._offer_until(lambda: self._received)
            return
        try:
            file = await self._line.opened(SourceFile, self._source)
        except FileFailed:
            # The end of a file that was never offered means nothing to whoever asked for it.
            if self._wanted is not None:
                await self._offer()
            raise
        try:
            await self._offer_until(lambda: self._offset is not None or self._received)
            if self._received:
                return
            await self._sum_sent_before(file)
            await self._send_parts(file)
            digest = await self._line.in_thread(file.digest)
            self.all_sent = True
            await self._line.send(FileFinished(id=self._transfer.id, sha256=digest))
            await self._news.until(lambda: self._check_going() and self._received)
        finally:
            await self._line.closed(file.close)

    async def _offer_until(self, answered: Callable[[], bool]) -> None:
        """Offer the file until the receiver answers.

        A side that has not yet learned that its user has allowed files drops the offer.
        """
        while True:
            await self._offer()
            try:
                async with asyncio.timeout(OFFER_AGAIN_S):
                    await self._news.until(lambda: self._check_going() and answered())
            except TimeoutError:
                continue
            return

    async def _offer(self) -> None:
        self._line.check_allowed()
        source = self._source
        await self._line.send(
            FileOffered(
                id=self._transfer.id,
                name=source.name,
                size=source.size,
                modified_s=source.modified_s,
                wanted=self._wanted,
            )
        )

    async def _sum_sent_before(self, file: SourceFile) -> None:
        """Read what the receiver already has, since the digest is that of the whole file."""
        left = self._offset or 0
        while left and self._check_going():
            count = min(left, READ_BYTES)
            await self._line.in_thread(file.read, count)
            left -= count

    async def _send_parts(self, file: SourceFile) -> None:
        while self._sent < self._source.size:
            await self._news.until(lambda: self._check_going() and self._room > 0)
            count = min(READ_BYTES, self._room, self._source.size - self._sent)
            for chunk in await self._line.in_thread(file.read, count):
                self._check_going()
                offset, self._sent = self._sent, self._sent + len(chunk)
                await self._line.send(FileChunk(id=self._transfer.id, offset=offset, data=chunk))

    @property
    def _room(self) -> int:
        return self._transfer.done + self._window.bytes - self._sent

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
        self._window.received(done, asyncio.get_running_loop().time())
        self._transfer.done = done
        self._transfer.state = TransferState.RUNNING
        self._line.changed(self._transfer)
