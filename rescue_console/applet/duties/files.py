"""Files both ways, as long as the customer allows it."""

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path

from rescue_console.applet.consent.duty import POWERS_FOR, Duty, Post, Send
from rescue_console.applet.consent.grants import Grants
from rescue_console.applet.duties.downloads import downloads_folder
from rescue_console.peer.files.exchange import FileExchange
from rescue_console.peer.files.line import Line
from rescue_console.peer.files.reception import Reception
from rescue_console.peer.files.sources import Source, find_sources
from rescue_console.peer.files.transfer import Transfer
from rescue_console.protocol import channel
from rescue_console.protocol.channel import FileOffered, FromConsole
from rescue_console.protocol.file_problems import FileProblem
from rescue_console.protocol.powers import Power

_POWERS = POWERS_FOR[FileOffered]


class IntoFolder(Reception):
    """Takes every file into one folder, beside what is there already."""

    def __init__(self, folder: Callable[[], Path]) -> None:
        self._folder = folder

    async def folder_for(self, offer: FileOffered) -> Path:
        """Return the folder."""
        return await asyncio.to_thread(self._folder)


class Files(Duty):
    """Receives into the user's Downloads folder and sends what the user chooses.

    Args:
        changed: Told of every change of a transfer; those that have come are to be shown.
        folder: Returns where received files go.
    """

    takes = frozenset(
        {
            channel.FileOffered,
            channel.FileAccepted,
            channel.FileChunk,
            channel.FileReceived,
            channel.FileFinished,
            channel.FileEnded,
        }
    )

    def __init__(
        self,
        grants: Grants,
        post: Post,
        send: Send,
        changed: Callable[[Transfer], None] = lambda transfer: None,
        folder: Callable[[], Path] = downloads_folder,
    ) -> None:
        self._grants = grants
        self._loop: asyncio.AbstractEventLoop | None = None
        line = Line(send, post, self._allowed, changed)
        self._exchange = FileExchange(line, IntoFolder(folder), odd=True)

    async def send(self, paths: Iterable[Path]) -> list[Transfer]:
        """Send files and folders that the user has chosen.

        Raises:
            TooManyFiles: there are too many in what was chosen.
        """
        return self.offer(await asyncio.to_thread(find_sources, list(paths)))

    def offer(self, sources: Iterable[Source], wanted: int | None = None) -> list[Transfer]:
        """Send *sources*; *wanted* is the number of the console's request for them."""
        return self._exchange.offer(sources, wanted) if self._allowed() else []

    def cancel(self, transfer: Transfer) -> None:
        """End *transfer*; what was received of it is deleted."""
        self._exchange.cancel(transfer)

    async def do(self, message: FromConsole) -> None:
        """Take a message of a transfer."""
        match message:
            case (
                channel.FileOffered()
                | channel.FileAccepted()
                | channel.FileChunk()
                | channel.FileReceived()
                | channel.FileFinished()
                | channel.FileEnded()
            ):
                self._exchange.receive(message)

    async def begin(self) -> None:
        """Go on with what was on its way."""
        self._loop = asyncio.get_running_loop()
        self._exchange.begin()

    async def end(self) -> None:
        """Keep what is on its way for a return."""
        await self._exchange.end()

    async def aclose(self) -> None:
        """End everything for good: no part of a file stays behind."""
        await self._exchange.end()
        self._exchange.cancel_all()
        await self._exchange.aclose()

    def power_ended(self, power: Power) -> None:
        """Nothing goes its way from now on: each part asks; what waits is ended by the loop."""
        if power in _POWERS and not self._allowed() and self._loop is not None:
            self._loop.call_soon_threadsafe(self._exchange.cancel_all, FileProblem.NOT_ALLOWED)

    def _allowed(self) -> bool:
        return self._grants.has_any(_POWERS)
