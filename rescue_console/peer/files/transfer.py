"""One file's transfer, as a person sees it: its name, its progress, and how it ended."""

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path


class TransferState(Enum):
    """Where a transfer stands."""

    WAITING = auto()
    """Not begun, or not yet accepted by the receiver."""
    RUNNING = auto()
    PAUSED = auto()
    """There is no channel; it resumes by itself when there is one again."""
    DONE = auto()
    FAILED = auto()


@dataclass(eq=False)
class Transfer:
    """The transfer of one file.

    Attributes:
        id: The number that both sides use for it; even if the console offered it, else odd.
        name: As offered, with ``/`` between folders; hostile when ``incoming``.
        size: Bytes.
        incoming: Whether the file comes from the other side.
        path: The file on this computer: what is sent, or, once it has arrived, where it is.
        done: Bytes that the receiver has written.
        state: Where the transfer stands.
        problem: Why it failed: a ``FileProblem``, or another version's words, which are hostile.
    """

    id: int
    name: str
    size: int
    incoming: bool
    path: Path | None = None
    done: int = 0
    state: TransferState = TransferState.WAITING
    problem: str = ""

    @property
    def over(self) -> bool:
        """Whether it has ended, well or badly."""
        return self.state in (TransferState.DONE, TransferState.FAILED)
