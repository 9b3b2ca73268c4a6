"""The decisions of a receiving side about offered files; each program has its own."""

from abc import ABC, abstractmethod
from enum import Enum, auto
from pathlib import Path

from rescue_console.protocol.channel import FileOffered


class Conflict(Enum):
    """What to do when a file with the offered name already exists."""

    KEEP_BOTH = auto()
    REPLACE = auto()
    SKIP = auto()


class Reception(ABC):
    """Decides where files go and what is overwritten. It may ask a person, which can take long."""

    @abstractmethod
    async def folder_for(self, offer: FileOffered) -> Path:
        """Return the folder that *offer* goes into; the name in *offer* is hostile.

        Raises:
            FileFailed: the file is not wanted.
        """

    async def on_conflict(self, target: Path) -> Conflict:
        """Return what to do about *target*, which already exists."""
        return Conflict.KEEP_BOTH
