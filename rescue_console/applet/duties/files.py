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
    """Puts every received file into one folder, without replacing what is already there."""

    def __init__(self, folder: Callable[[], Path]) -> None:
        self._folder = folder

    async def folder_for(self, offer: FileOffered) -> Path:
        """Return the folder, the same for every offer."""
        return await asyncio.to_thread(self._folder)


class Files(Duty):
    """Receives into the user's Downloads folder and sends what the user chooses.

    Args:
        changed: Called with a transfer whenever it changes.
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
        """Send the files and folders that the customer has chosen.

        Raises:
            TooManyFiles: *paths* hold too many files.
        """
        return self.offer(await asyncio.to_thread(find_sources, list(paths)))

    def offer(self, sources: Iterable[Source], wanted: int | None = None) -> list[Transfer]:
        """Offer *sources* to the console; *wanted* is the number of its request, if it made one."""
        return self._exchange.offer(sources, wanted) if self._allowed() else []

    def cancel(self, transfer: Transfer) -> None:
        """End *transfer*; what was received of it is deleted."""
        self._exchange.cancel(transfer)

    async def do(self, message: FromConsole) -> None:
        """Pass a transfer's message to the exchange."""
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
        """Continue the transfers that were under way."""
        self._loop = asyncio.get_running_loop()
        self._exchange.begin()

    async def end(self) -> None:
        """Keep unfinished transfers, to continue them when the channel opens again."""
        await self._exchange.end()

    async def aclose(self) -> None:
        """End everything for good, leaving no partly received file behind."""
        await self._exchange.end()
        self._exchange.cancel_all()
        await self._exchange.aclose()

    def power_ended(self, power: Power) -> None:
        """Have the loop cancel all transfers; until then, each part of a file checks the grant."""
        if power in _POWERS and not self._allowed() and self._loop is not None:
            self._loop.call_soon_threadsafe(self._exchange.cancel_all, FileProblem.NOT_ALLOWED)

    def _allowed(self) -> bool:
        return self._grants.has_any(_POWERS)
