"""One file's way as a person sees it: its name, how far it is, and how it ended."""

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path


class TransferState(Enum):
    """Where a transfer stands."""

    WAITING = auto()
    """Not begun, or the receiver has not agreed yet."""
    RUNNING = auto()
    PAUSED = auto()
    """There is no channel; goes on by itself when there is one."""
    DONE = auto()
    FAILED = auto()


@dataclass(eq=False)
class Transfer:
    """One file on its way.

    Attributes:
        id: The number that both sides know it by: even when the console offered it.
        name: As offered, with ``/`` between folders; hostile when ``incoming``.
        size: Bytes.
        incoming: Whether it comes from the other side.
        path: The file here: what is sent, or where it has been put once it is there.
        done: Bytes that the receiver has written.
        problem: Why it failed; a ``FileProblem`` or another version's own words, which are hostile.
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
        """Whether nothing more will happen to it."""
        return self.state in (TransferState.DONE, TransferState.FAILED)
