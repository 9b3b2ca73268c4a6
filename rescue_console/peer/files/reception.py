"""What a receiving side decides about offered files; each program has its own."""

from abc import ABC, abstractmethod
from enum import Enum, auto
from pathlib import Path

from rescue_console.protocol.channel import FileOffered


class Conflict(Enum):
    """What is done when a file of that name is there already."""

    KEEP_BOTH = auto()
    REPLACE = auto()
    SKIP = auto()


class Reception(ABC):
    """Decides where files go and what is overwritten. It may ask a person, and so take its time."""

    @abstractmethod
    async def folder_for(self, offer: FileOffered) -> Path:
        """Return the folder that *offer*, whose name is hostile, goes into.

        Raises:
            FileFailed: it is not wanted.
        """

    async def on_conflict(self, target: Path) -> Conflict:
        """Say what becomes of *target*, which is there already."""
        return Conflict.KEEP_BOTH
