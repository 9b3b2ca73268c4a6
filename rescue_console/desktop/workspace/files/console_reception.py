"""What becomes of files that the customer's side offers: the technician says where and whether."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QMessageBox, QWidget

from rescue_console.client.files.problems import FileFailed, FileProblem
from rescue_console.client.files.reception import Conflict, Reception
from rescue_console.client.files.safe_names import safe_parts
from rescue_console.desktop.ask import ask
from rescue_console.desktop.workspace.files.choose import choose
from rescue_console.desktop.workspace.files.transfer_text import size_text
from rescue_console.protocol.channel import FileOffered

translate = QCoreApplication.translate

NAME_SHOWN_MAX = 80
_NAMELESS = "files"
"""What a whole drive is offered as, which has no name of its own."""


@dataclass
class _Fetched:
    """What the technician fetches.

    Attributes:
        name: What the offers must be called, or be in a folder called so.
        offer: Number of the offer that was taken for a single file.
    """

    folder: Path
    name: str
    offer: int | None = None

    def is_answered_by(self, offer: FileOffered, parts: Sequence[str]) -> bool:
        """Tell whether *offer* is what was fetched: nothing else may come without a question."""
        if parts[0] != self.name:
            return False
        if len(parts) == 1 and not offer.name.endswith("/"):
            # Offered again when the channel was lost before it could begin.
            self.offer = offer.id if self.offer is None else self.offer
            return self.offer == offer.id
        return self.offer is None


class ConsoleReception(Reception):
    """Takes what the technician fetched into the folder chosen for it, and asks for the rest.

    Args:
        allowed: Whether the technician may receive files.
    """

    def __init__(self, parent: QWidget, allowed: Callable[[], bool]) -> None:
        self._parent = parent
        self._allowed = allowed
        self._wanted: dict[int, _Fetched] = {}
        self._agreed: set[str] = set()
        self._asking = asyncio.Lock()

    def want(self, number: int, path: str, folder: Path) -> None:
        """Take what answers the request *number*, for the customer's *path*, into *folder*."""
        # Windows' rules know both separators and drives.
        name = PureWindowsPath(path).name or _NAMELESS
        self._wanted[number] = _Fetched(folder, _parts(name)[0])

    async def folder_for(self, offer: FileOffered) -> Path:
        """Return the folder that was chosen, or Downloads when the technician agrees.

        Raises:
            FileFailed: the technician may not or does not want to.
        """
        if not self._allowed():
            raise FileFailed(FileProblem.REFUSED)
        parts = _parts(offer.name)
        fetched = self._wanted.get(offer.wanted) if offer.wanted is not None else None
        if fetched is not None and fetched.is_answered_by(offer, parts):
            return fetched.folder
        top, *inside = parts
        async with self._asking:
            if not inside or top not in self._agreed:
                await self._agree(offer, top)
            if inside:
                self._agreed.add(top)
        places = QStandardPaths.StandardLocation.DownloadLocation
        return Path(QStandardPaths.writableLocation(places))

    async def _agree(self, offer: FileOffered, top: str) -> None:
        shown = _shortened(top)
        text = translate(
            "Files", "The customer wants to send you “{0}” ({1}). Receive it in Downloads?"
        ).format(shown, size_text(offer.size))
        if offer.name.count("/"):
            text = translate(
                "Files", "The customer wants to send you the folder “{0}”. Receive it in Downloads?"
            ).format(shown)
        title, yes = translate("Files", "Receive a file"), translate("Files", "Receive")
        if not await ask(self._parent, title, text, yes):
            raise FileFailed(FileProblem.REFUSED)

    async def on_conflict(self, target: Path) -> Conflict:
        """Ask what becomes of a file that is there already; a closed question skips."""
        async with self._asking:
            choice = await choose(
                self._parent,
                translate("Files", "The file is there already"),
                translate("Files", "“{0}” is in the folder already.").format(target.name),
                {
                    translate("Files", "Keep both"): QMessageBox.ButtonRole.AcceptRole,
                    translate("Files", "Replace"): QMessageBox.ButtonRole.DestructiveRole,
                    translate("Files", "Skip"): QMessageBox.ButtonRole.RejectRole,
                },
            )
        return {0: Conflict.KEEP_BOTH, 1: Conflict.REPLACE}.get(choice, Conflict.SKIP)


def _shortened(name: str) -> str:
    """Return *name* with its ending, which says what would open it."""
    if len(name) <= NAME_SHOWN_MAX:
        return name
    half = NAME_SHOWN_MAX // 2
    return f"{name[:half]}…{name[-half:]}"


def _parts(name: str) -> tuple[str, ...]:
    try:
        return safe_parts(name)
    except ValueError as error:
        raise FileFailed(FileProblem.UNWRITABLE) from error
