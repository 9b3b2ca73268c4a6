"""All transfers of files between this side and the other, in both directions.

The console's files have even numbers and the applet's odd ones, so a number alone tells which side
sends. A transfer that is running when the channel is lost is offered again with the same number
over the next channel, and resumes where it was.
"""

import asyncio
import logging
import secrets
from collections import OrderedDict, deque
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass
from pathlib import Path

from rescue_console.peer.files.line import Line
from rescue_console.peer.files.problems import FileFailed
from rescue_console.peer.files.receiver import FileReceiver
from rescue_console.peer.files.reception import Reception
from rescue_console.peer.files.sender import FileSender
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
from rescue_console.protocol.limits import FILES_OFFERED_MAX, FILES_SENT_MAX

ARRIVED_MAX = 64
"""How many of the files received last are remembered, in case they are offered again."""

FIRST_ID_MAX = 2**40

_log = logging.getLogger(__name__)

FileMessage = FileOffered | FileAccepted | FileChunk | FileReceived | FileFinished | FileEnded


@dataclass(eq=False)
class _Outgoing:
    transfer: Transfer
    source: Source
    wanted: int | None
    sender: FileSender | None = None
    task: asyncio.Task[None] | None = None


@dataclass(eq=False)
class _Incoming:
    transfer: Transfer
    receiver: FileReceiver
    task: asyncio.Task[None] | None = None


class FileExchange:
    """One side's transfers. Use it within one loop, and close it with ``aclose``.

    Args:
        line: This side's end of the channel.
        reception: Decides about the files that the other side offers.
        odd: Whether this side's numbers are odd: False for the console, True for the applet.
    """

    def __init__(self, line: Line, reception: Reception, *, odd: bool) -> None:
        self._line = line
        self._reception = reception
        # Not from 0: otherwise, once the program is started again, the other side could mistake
        # new transfers for earlier ones.
        self._next_id = 2 * secrets.randbelow(FIRST_ID_MAX) + odd
        self._open = False
        self._outgoing: dict[int, _Outgoing] = {}
        self._queue: deque[_Outgoing] = deque()
        self._incoming: dict[int, _Incoming] = {}
        self._arrived: OrderedDict[int, FileOffered] = OrderedDict()
        self._parts: set[Path] = set()

    @property
    def running(self) -> bool:
        """Whether a file is being transferred, or waits for that."""
        return self.count > 0

    @property
    def count(self) -> int:
        """How many files are being transferred, or wait for that."""
        return len(self._outgoing) + len(self._incoming)

    # The channel

    def begin(self) -> None:
        """Start using a new channel: resume the transfers that were running."""
        self._open = True
        self._queue = deque(self._outgoing.values())
        self._start_sending()

    async def end(self) -> None:
        """Stop using a channel that is lost: all transfers wait for the next one."""
        self._open = False
        self._queue.clear()
        works: list[_Outgoing | _Incoming] = [*self._outgoing.values(), *self._incoming.values()]
        for work in works:
            if work.task is not None:
                work.task.cancel()
        await asyncio.gather(
            *(work.task for work in works if work.task is not None), return_exceptions=True
        )
        for work in works:
            if isinstance(work, _Incoming) and work.receiver.arrived is not None:
                self._remember(work.receiver.offer)
                self._end_well(work.transfer, work.receiver.arrived)
            elif not work.transfer.over:
                work.task = None
                self._show(work.transfer, TransferState.PAUSED)

    async def aclose(self) -> None:
        """Stop all transfers on this side; part files are kept."""
        await self.end()
        self._outgoing.clear()
        self._incoming.clear()

    def receive(self, message: FileMessage) -> None:
        """Handle a message from the other side; never waits.

        Messages with unknown numbers are ignored: they may belong to transfers that have ended.
        """
        mine = message.id % 2 == self._next_id % 2
        match message:
            case FileOffered():
                if not mine:
                    self._receive_offer(message)
            case FileEnded():
                if mine:
                    self._to_sender(message)
                else:
                    self._to_receiver(message)
            case FileAccepted() | FileReceived():
                self._to_sender(message)
            case FileChunk() | FileFinished():
                self._to_receiver(message)

    # What the user does

    def offer(self, sources: Iterable[Source], wanted: int | None = None) -> list[Transfer]:
        """Send *sources* in order; *wanted* is the id of the FileWanted that asked for them."""
        offered = []
        for source in sources:
            transfer = Transfer(
                self._next_id, source.name, source.size, incoming=False, path=source.path
            )
            self._next_id += 2
            work = _Outgoing(transfer, source, wanted)
            self._outgoing[transfer.id] = work
            self._queue.append(work)
            offered.append(transfer)
            state = TransferState.WAITING if self._open else TransferState.PAUSED
            self._show(transfer, state)
        self._start_sending()
        return offered

    def cancel(self, transfer: Transfer, problem: FileProblem = FileProblem.CANCELLED) -> None:
        """End *transfer*: the part received so far is deleted, and the other side is told."""
        work = self._outgoing.get(transfer.id) or self._incoming.get(transfer.id)
        if work is None or work.transfer is not transfer:
            return
        if work.task is None:
            self._forget(transfer.id)
            if isinstance(work, _Incoming):
                work.receiver.discard()
            if self._open:
                self._line.post(FileEnded.because(transfer.id, problem))
            self._fail(transfer, problem)
        elif isinstance(work, _Incoming):
            work.receiver.stop(problem)
        elif work.sender is not None:
            work.sender.stop(problem)

    def cancel_all(self, problem: FileProblem = FileProblem.CANCELLED) -> None:
        """End all transfers."""
        transfers = [work.transfer for work in self._outgoing.values()]
        transfers += [work.transfer for work in self._incoming.values()]
        for transfer in transfers:
            self.cancel(transfer, problem)

    def cancel_incoming(self, problem: FileProblem = FileProblem.CANCELLED) -> None:
        """End all transfers from the other side, which has forgotten them."""
        for work in tuple(self._incoming.values()):
            self.cancel(work.transfer, problem)

    # Sending

    def _start_sending(self) -> None:
        if not self._open:
            return
        busy = sum(work.task is not None for work in self._outgoing.values())
        while self._queue and busy < FILES_SENT_MAX:
            work = self._queue.popleft()
            if work.transfer.over:
                continue
            busy += 1
            work.transfer.done = 0
            work.sender = FileSender(
                work.transfer,
                work.source,
                self._line,
                work.wanted,
                all_sent=work.sender is not None and work.sender.all_sent,
            )
            self._show(work.transfer, TransferState.WAITING)
            work.task = asyncio.create_task(self._send(work, work.sender))

    async def _send(self, work: _Outgoing, sender: FileSender) -> None:
        async def run() -> Path:
            await sender.run()
            return work.source.path

        await self._see_through(work.transfer, run())
        self._start_sending()

    def _to_sender(self, message: FileAccepted | FileReceived | FileEnded) -> None:
        work = self._outgoing.get(message.id)
        if work is not None and work.sender is not None and work.task is not None:
            work.sender.receive(message)

    # Receiving

    def _receive_offer(self, offer: FileOffered) -> None:
        arrived = self._arrived.get(offer.id)
        if arrived is not None and _same(arrived, offer):
            self._line.post(FileEnded(id=offer.id))
            return
        known = self._incoming.get(offer.id)
        if known is not None and known.task is not None:
            # An offer may be repeated until it is answered.
            if not _same(known.receiver.offer, offer):
                known.receiver.stop(FileProblem.MISBEHAVED)
            return
        if known is not None and not _same(known.receiver.offer, offer):
            # The other side's program was started again and uses this number for another file.
            self._forget(offer.id)
            self._fail(known.transfer, FileProblem.CANCELLED)
            known = None
        if known is None and len(self._incoming) >= FILES_OFFERED_MAX:
            self._line.post(FileEnded.because(offer.id, FileProblem.TOO_MANY))
            return
        self._receive(offer, known)

    def _receive(self, offer: FileOffered, known: _Incoming | None) -> None:
        if known is None:
            transfer, placement = Transfer(offer.id, offer.name, offer.size, incoming=True), None
        else:
            transfer, placement = known.transfer, known.receiver.placement
        receiver = FileReceiver(
            transfer, offer, self._reception, self._line, self._promised, placement
        )
        work = self._incoming[offer.id] = _Incoming(transfer, receiver)
        self._show(transfer, TransferState.WAITING)
        work.task = asyncio.create_task(self._run_receiver(work))

    async def _run_receiver(self, work: _Incoming) -> None:
        locked: list[Path] = []

        def lock(part: Path) -> None:
            if part in self._parts:
                raise FileFailed(FileProblem.BUSY)
            self._parts.add(part)
            locked.append(part)

        async def run() -> Path:
            path = await work.receiver.run(lock)
            self._remember(work.receiver.offer)
            await self._line.send(FileEnded(id=work.transfer.id))
            return path

        try:
            await self._see_through(work.transfer, run())
        finally:
            self._parts.difference_update(locked)

    def _to_receiver(self, message: FileChunk | FileFinished | FileEnded) -> None:
        work = self._incoming.get(message.id)
        if work is not None and work.task is not None:
            work.receiver.receive(message)

    def _remember(self, offer: FileOffered) -> None:
        """Remember that the file has arrived: if its confirmation is lost, it is offered again."""
        self._arrived[offer.id] = offer
        if len(self._arrived) > ARRIVED_MAX:
            self._arrived.popitem(last=False)

    def _promised(self) -> int:
        return sum(work.receiver.promised for work in self._incoming.values())

    # The end of a transfer

    async def _see_through(self, transfer: Transfer, work: Awaitable[Path]) -> None:
        """Wait until *work* has ended, and show how *transfer* ended."""
        try:
            path = await work
        except FileFailed as failure:
            self._end_badly(transfer, failure)
        except Exception:
            _log.exception("The transfer %d failed", transfer.id)
            self._end_badly(transfer, FileFailed(FileProblem.FAULT))
        else:
            self._end_well(transfer, path)

    def _end_well(self, transfer: Transfer, path: Path) -> None:
        self._forget(transfer.id)
        transfer.path = path
        transfer.done = transfer.size
        self._show(transfer, TransferState.DONE)

    def _end_badly(self, transfer: Transfer, failure: FileFailed) -> None:
        self._forget(transfer.id)
        if isinstance(failure.problem, FileProblem) and not failure.by_peer:
            self._line.post(FileEnded.because(transfer.id, failure.problem))
        self._fail(transfer, failure.problem)

    def _forget(self, number: int) -> None:
        self._outgoing.pop(number, None)
        self._incoming.pop(number, None)

    def _fail(self, transfer: Transfer, problem: FileProblem | str) -> None:
        transfer.problem = problem
        self._show(transfer, TransferState.FAILED)

    def _show(self, transfer: Transfer, state: TransferState) -> None:
        transfer.state = state
        self._line.changed(transfer)


def _same(one: FileOffered, other: FileOffered) -> bool:
    return (one.name, one.size, one.modified_s) == (other.name, other.size, other.modified_s)
