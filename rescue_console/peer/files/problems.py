"""Why a file's way ended badly, as sentences that either side's person can act on.

The English sentence travels in ``FileEnded.problem``; a screen translates the ones it knows.
"""

from enum import StrEnum


class FileProblem(StrEnum):
    """A sentence for the person."""

    CANCELLED = "The transfer was cancelled."
    REFUSED = "The other side does not want the file."
    DISK_FULL = "The disk of the receiving device is full."
    NO_ROOM = "There is not enough room for the file on the receiving device."
    UNREADABLE = "The file cannot be read."
    UNWRITABLE = "The file cannot be written to the receiving folder."
    CHANGED = "The file changed while it was being sent."
    DAMAGED = "The file arrived damaged and was deleted. Send it again."
    TOO_MANY = "Too many files at once."
    MISBEHAVED = "The other side did not keep to the rules of a transfer."
    NOT_ALLOWED = "Transferring files is no longer allowed."
    SKIPPED = "A file of this name is there already and was left as it is."
    FAULT = "The transfer failed because of a fault in the program."
    BUSY = "The same file is being received already."
    TOO_LARGE = "The file is too large to be sent without the applet."
    APPLET = "Files go through the applet from now on. Send it again."


class FileFailed(Exception):
    """A file's way ended badly.

    Attributes:
        problem: The sentence for the person.
        by_peer: Whether the other side said so, and need not be told.
    """

    def __init__(self, problem: str, *, by_peer: bool = False) -> None:
        super().__init__(problem)
        self.problem = str(problem)
        self.by_peer = by_peer
