"""How far all transfers have got together, updated without going through all of them."""

import time
from collections.abc import Callable

from rescue_console.desktop.workspace.files.speed import Speed
from rescue_console.peer.files.transfer import Transfer, TransferState


class Totals:
    """The sums over all transfers since there was last nothing to do.

    Attributes:
        files: How many there are.
        over: How many of them have ended.
        failed: How many of them have ended badly.
        size: Bytes of all of them; of one that failed, only those that had arrived.
        done: Bytes that are there.
    """

    def __init__(self, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._clock_s = clock_s
        self._begin()

    def _begin(self) -> None:
        self.files = self.over = self.failed = self.size = self.done = 0
        self._known: dict[Transfer, tuple[int, int, bool]] = {}
        self._speed = Speed()

    def look(self, transfer: Transfer) -> None:
        """Add or update *transfer* as it is now."""
        if transfer not in self._known:
            if self.over == self.files:
                self._begin()
            self.files += 1
        failed = transfer.state is TransferState.FAILED
        size = transfer.done if failed else transfer.size
        done = size if transfer.over else transfer.done
        size_before, done_before, was_over = self._known.get(transfer, (0, 0, False))
        self._known[transfer] = size, done, transfer.over
        self.size += size - size_before
        self.done += done - done_before
        if transfer.over and not was_over:
            self.over += 1
            self.failed += failed
        if transfer.state is TransferState.PAUSED or self.over == self.files:
            self._speed.rest()
        else:
            self._speed.look(self.done, self._clock_s())

    @property
    def bytes_per_s(self) -> float:
        """The speed of all of them together; zero until it is known."""
        return self._speed.bytes_per_s

    @property
    def left_s(self) -> float:
        """How long they will still take; zero when that is not known."""
        return (self.size - self.done) / self.bytes_per_s if self.bytes_per_s else 0.0
