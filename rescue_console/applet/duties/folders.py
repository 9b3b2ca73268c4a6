"""The customer's side of the file manager, as long as the customer allows it."""

import asyncio
import logging
from pathlib import Path

from rescue_console.applet.consent.duty import Duty, Post
from rescue_console.applet.consent.grants import Grants
from rescue_console.applet.duties.files import Files
from rescue_console.applet.duties.folder_changing import change_folder
from rescue_console.applet.duties.folder_listing import is_whole, list_folder
from rescue_console.peer.files.sources import NoLongerWanted, TooManyFiles, find_sources
from rescue_console.protocol import channel
from rescue_console.protocol.channel import Done, FromConsole, Message
from rescue_console.protocol.file_problems import FileProblem, FolderProblem
from rescue_console.protocol.powers import Power

AT_ONCE_MAX = 8
"""Requests worked on at the same time; any further one is answered with a problem."""

_log = logging.getLogger(__name__)


class Folders(Duty):
    """Lists, makes, renames and deletes; sends what the console wants through *files*."""

    takes = frozenset({channel.FolderWanted, channel.FolderChange, channel.FileWanted})

    def __init__(self, grants: Grants, post: Post, files: Files) -> None:
        self._grants = grants
        self._post = post
        self._files = files
        self._working: set[asyncio.Task[None]] = set()

    async def do(self, message: FromConsole) -> None:
        """Start on the request, or answer that there are too many."""
        match message:
            case channel.FolderWanted() | channel.FolderChange() | channel.FileWanted():
                if len(self._working) >= AT_ONCE_MAX:
                    self._post(Done.because(message.id, FolderProblem.TOO_MUCH))
                    return
                task = asyncio.create_task(self._answer(message))
                self._working.add(task)
                task.add_done_callback(self._working.discard)

    async def end(self) -> None:
        """Drop the answers; a thread finishes what it has begun as long as that is allowed."""
        working = [*self._working]
        for task in working:
            task.cancel()
        await asyncio.gather(*working, return_exceptions=True)

    async def _answer(
        self, wish: channel.FolderWanted | channel.FolderChange | channel.FileWanted
    ) -> None:
        try:
            answer = await self._answer_to(wish)
        except Exception:
            _log.exception("A request of the file manager failed")
            answer = Done.because(wish.id, FolderProblem.FAULT)
        withdrawn = Done.because(wish.id, FolderProblem.NOT_ALLOWED)
        self._post(answer if self._allowed() else withdrawn)

    async def _answer_to(
        self, wish: channel.FolderWanted | channel.FolderChange | channel.FileWanted
    ) -> Message:
        match wish:
            case channel.FolderWanted(id=number, path=path):
                return await asyncio.to_thread(list_folder, number, path)
            case channel.FolderChange(id=number):
                problem = await asyncio.to_thread(change_folder, wish, self._allowed)
                return Done.because(number, problem)
            case channel.FileWanted(id=number, path=path):
                return Done.because(number, await self._offer(number, Path(path)))

    async def _offer(self, number: int, path: Path) -> FolderProblem | str:
        """Offer what is at *path*; return why that is impossible, or ""."""
        if not is_whole(path) or "\0" in str(path):
            return FolderProblem.NO_PATH
        try:
            sources = await asyncio.to_thread(find_sources, [path], self._allowed)
        except NoLongerWanted:
            return FolderProblem.NOT_ALLOWED
        except TooManyFiles:
            return FolderProblem.TOO_MANY
        except OSError as error:
            return error.strerror or FolderProblem.UNREADABLE
        if all(source.refused is FileProblem.NOT_A_FILE for source in sources):
            return FolderProblem.NOTHING
        # Files can be granted without the file manager, but then not be fetched by path.
        if not self._allowed():
            return FolderProblem.NOT_ALLOWED
        self._files.offer(sources, number)
        return ""

    def _allowed(self) -> bool:
        return self._grants.has(Power.FILE_MANAGER)
