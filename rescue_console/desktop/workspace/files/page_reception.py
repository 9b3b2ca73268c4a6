"""Receives files that the customer's page offers like the applet's, but only small ones."""

from pathlib import Path

from rescue_console.peer.files.problems import FileFailed
from rescue_console.peer.files.reception import Conflict, Reception
from rescue_console.protocol.channel import FileOffered
from rescue_console.protocol.file_problems import FileProblem
from rescue_console.protocol.page_files import FILE_MAX


class PageReception(Reception):
    """Passes offers on to another reception, except those too large for a page."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception

    async def folder_for(self, offer: FileOffered) -> Path:
        """Return the folder for *offer*.

        Raises:
            FileFailed: the file is too large, or not wanted.
        """
        if offer.size > FILE_MAX:
            raise FileFailed(FileProblem.TOO_LARGE)
        return await self._reception.folder_for(offer)

    async def on_conflict(self, target: Path) -> Conflict:
        """Say what to do about *target*, which exists already."""
        return await self._reception.on_conflict(target)
