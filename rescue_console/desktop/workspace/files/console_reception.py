"""Decides whether and where to receive the files that the customer's side offers."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from weakref import WeakValueDictionary

from PySide6.QtCore import QCoreApplication, QStandardPaths

from rescue_console.desktop.workspace.files.question_bar import QuestionBar
from rescue_console.desktop.workspace.files.transfer_text import size_text
from rescue_console.peer.files.problems import FileFailed
from rescue_console.peer.files.reception import Conflict, Reception
from rescue_console.peer.files.safe_names import safe_parts
from rescue_console.protocol.channel import FileOffered
from rescue_console.protocol.file_problems import FileProblem

translate = QCoreApplication.translate

NAME_SHOWN_MAX = 80

QUESTIONS_MAX = 8
"""The most questions that may wait for the technician; further offers are refused."""

_RECEIVE, _REFUSE_ALL = 0, 2
"""Places of two of the three answers to an offer."""

_NAMELESS = "files"
"""The name under which a whole drive is offered, since it has none of its own."""


@dataclass
class _Fetched:
    """Something that the technician fetches.

    Attributes:
        folder: Where it goes.
        name: The name that an offer must have, or that of the topmost folder that it is in.
        offer: Number of the first offer that was a single file of this name.
    """

    folder: Path
    name: str
    offer: int | None = None

    def is_answered_by(self, offer: FileOffered, parts: Sequence[str]) -> bool:
        """Tell whether *offer* is what was fetched: nothing else comes without a question."""
        if parts[0] != self.name:
            return False
        if len(parts) == 1 and not offer.name.endswith("/"):
            # The same file is offered again if the channel was lost before it could begin.
            self.offer = offer.id if self.offer is None else self.offer
            return self.offer == offer.id
        return self.offer is None


class ConsoleReception(Reception):
    """Puts what the technician fetched into the folder chosen for it; asks about everything else.

    Attributes:
        customer: What to call the customer in questions.
        refuses_all: Whether what was not fetched is refused without a question.

    Args:
        questions: Where the technician is asked.
        allowed: Whether the technician may receive files.
        changed: Called when an answer has made ``refuses_all`` true.
    """

    def __init__(
        self,
        questions: QuestionBar,
        allowed: Callable[[], bool],
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self.customer = ""
        self.refuses_all = False
        self._questions = questions
        self._allowed = allowed
        self._changed = changed
        self._wanted: dict[int, _Fetched] = {}
        self._agreed: set[str] = set()
        self._folder_turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def want(self, number: int, path: str, folder: Path) -> None:
        """Expect what answers the request *number*, for the customer's *path*, into *folder*."""
        # The rules for Windows paths know both separators, and drives.
        name = PureWindowsPath(path).name or _NAMELESS
        self._wanted[number] = _Fetched(folder, _parts(name)[0])

    async def folder_for(self, offer: FileOffered) -> Path:
        """Return the folder that was chosen, or Downloads when the technician agrees.

        Raises:
            FileFailed: the technician may not receive it or refuses it, or too many questions wait.
        """
        if not self._allowed():
            raise FileFailed(FileProblem.REFUSED)
        parts = _parts(offer.name)
        fetched = self._wanted.get(offer.wanted) if offer.wanted is not None else None
        if fetched is not None and fetched.is_answered_by(offer, parts):
            return fetched.folder
        top, *inside = parts
        if inside:
            await self._agree_to_folder(offer, top)
        else:
            await self._agree(offer, top)
        places = QStandardPaths.StandardLocation.DownloadLocation
        return Path(QStandardPaths.writableLocation(places))

    async def _agree_to_folder(self, offer: FileOffered, top: str) -> None:
        """Ask once for everything in the folder *top*."""
        turn = self._folder_turns.setdefault(top, asyncio.Lock())
        async with turn:
            if top not in self._agreed:
                await self._agree(offer, top)
                self._agreed.add(top)

    async def _agree(self, offer: FileOffered, top: str) -> None:
        if self.refuses_all:
            raise FileFailed(FileProblem.REFUSED)
        if self._questions.waiting >= QUESTIONS_MAX:
            raise FileFailed(FileProblem.TOO_MANY)
        text = translate("Files", "{0} wants to send you “{1}” ({2}). Receive it in Downloads?")
        if offer.name.count("/"):
            text = translate(
                "Files", "{0} wants to send you the folder “{1}”. Receive it in Downloads?"
            )
        answers = (
            translate("Files", "Receive"),
            translate("Files", "Refuse"),
            translate("Files", "Refuse all from this customer"),
        )
        answer = await self._questions.ask(
            text.format(self.customer, _shortened(top), size_text(offer.size)),
            answers,
            lambda: not self.refuses_all,
        )
        if answer == _REFUSE_ALL:
            self.refuses_all = True
            self._changed()
        if answer != _RECEIVE:
            raise FileFailed(FileProblem.REFUSED)

    async def on_conflict(self, target: Path) -> Conflict:
        """Ask what to do about a file that exists already."""
        text = translate("Files", "{0}: “{1}” is in the folder already.")
        answers = (
            translate("Files", "Keep both"),
            translate("Files", "Replace"),
            translate("Files", "Skip"),
        )
        shown = text.format(self.customer, _shortened(target.name))
        answer = await self._questions.ask(shown, answers, lambda: True)
        return (Conflict.KEEP_BOTH, Conflict.REPLACE, Conflict.SKIP)[answer]


def _shortened(name: str) -> str:
    """Return *name* cut in the middle: its ending, which says what would open it, stays."""
    if len(name) <= NAME_SHOWN_MAX:
        return name
    half = NAME_SHOWN_MAX // 2
    return f"{name[:half]}…{name[-half:]}"


def _parts(name: str) -> tuple[str, ...]:
    try:
        return safe_parts(name)
    except ValueError as error:
        raise FileFailed(FileProblem.UNWRITABLE) from error
