"""The file manager's side on the customer's computer, as long as the customer allows it."""

import asyncio
import logging
from pathlib import Path

from rescue_console.applet.consent.duty import Duty, Post
from rescue_console.applet.consent.grants import Grants
from rescue_console.applet.duties.files import Files
from rescue_console.applet.duties.folder_changing import NO_LONGER_ALLOWED, change_folder
from rescue_console.applet.duties.folder_listing import is_whole, list_folder
from rescue_console.peer.files.sources import NoLongerWanted, TooManyFiles, find_sources
from rescue_console.protocol import channel
from rescue_console.protocol.channel import Done, FromConsole, Message
from rescue_console.protocol.powers import Power

AT_ONCE_MAX = 8
"""Requests that are worked on at the same time; one more is answered with a problem."""

_log = logging.getLogger(__name__)


class Folders(Duty):
    """Lists, makes, renames and deletes, and sends what the console wants, through *files*."""

    takes = frozenset({channel.FolderWanted, channel.FolderChange, channel.FileWanted})

    def __init__(self, grants: Grants, post: Post, files: Files) -> None:
        self._grants = grants
        self._post = post
        self._files = files
        self._working: set[asyncio.Task[None]] = set()

    async def do(self, message: FromConsole) -> None:
        """Begin with what is asked for."""
        match message:
            case channel.FolderWanted() | channel.FolderChange() | channel.FileWanted():
                if len(self._working) >= AT_ONCE_MAX:
                    self._post(Done(id=message.id, problem="Too much at once. Try again."))
                    return
                task = asyncio.create_task(self._answer(message))
                self._working.add(task)
                task.add_done_callback(self._working.discard)

    async def end(self) -> None:
        """Nobody waits for an answer any more; what a thread has begun it ends, if it still may."""
        working = [*self._working]
        for task in working:
            task.cancel()
        await asyncio.gather(*working, return_exceptions=True)

    async def _answer(
        self, wish: channel.FolderWanted | channel.FolderChange | channel.FileWanted
    ) -> None:
        try:
            answer = await self._done(wish)
        except Exception:
            _log.exception("A request of the file manager failed")
            answer = Done(id=wish.id, problem="It failed because of a fault in the program.")
        self._post(answer if self._allowed() else Done(id=wish.id, problem=NO_LONGER_ALLOWED))

    async def _done(
        self, wish: channel.FolderWanted | channel.FolderChange | channel.FileWanted
    ) -> Message:
        match wish:
            case channel.FolderWanted(id=number, path=path):
                return await asyncio.to_thread(list_folder, number, path)
            case channel.FolderChange(id=number):
                problem = await asyncio.to_thread(change_folder, wish, self._allowed)
                return Done(id=number, problem=problem)
            case channel.FileWanted(id=number, path=path):
                return Done(id=number, problem=await self._offer(number, Path(path)))

    async def _offer(self, number: int, path: Path) -> str:
        """Offer what is at *path*; return why it cannot be."""
        if not is_whole(path) or "\0" in str(path):
            return "This is not a whole path."
        try:
            sources = await asyncio.to_thread(find_sources, [path], self._allowed)
        except NoLongerWanted:
            return NO_LONGER_ALLOWED
        except TooManyFiles:
            return "There are too many files in this folder."
        except OSError as error:
            return error.strerror or "It cannot be read."
        if not sources:
            return "There is nothing that can be sent."
        # For the file manager alone: files may go without it, but not this way.
        if not self._allowed():
            return NO_LONGER_ALLOWED
        self._files.offer(sources, number)
        return ""

    def _allowed(self) -> bool:
        return self._grants.has(Power.FILE_MANAGER)
