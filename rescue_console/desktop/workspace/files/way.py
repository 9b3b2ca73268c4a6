"""One way for files, the applet's channel or the page's link, and the transfers on it."""

import asyncio
from collections.abc import Callable

from PySide6.QtCore import QObject

from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.workspace.section.link import Link
from rescue_console.peer.files.exchange import FileExchange
from rescue_console.peer.files.line import Line
from rescue_console.peer.files.reception import Reception
from rescue_console.peer.files.transfer import Transfer
from rescue_console.protocol import channel as messages
from rescue_console.protocol.file_problems import FileProblem


class Way(QObject):
    """Transfers files over one link.

    Args:
        why_not: Returns why files may not go this way at the moment; ``None`` if they may.
        changed: Called after every change of a transfer.
    """

    def __init__(
        self,
        link: Link,
        reception: Reception,
        why_not: Callable[[], FileProblem | None],
        changed: Callable[[Transfer], None],
        jobs: Jobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._why_not = why_not
        self._jobs = jobs
        line = Line(link.send, link.post, lambda: why_not() is None, changed)
        self.exchange = FileExchange(line, reception, odd=False)
        # Ending takes a while, and a new beginning must wait for it.
        self._turn = asyncio.Lock()
        link.opened.connect(self._on_opened)
        link.closed.connect(self._on_closed)
        link.received.connect(self._on_received)

    @property
    def is_open(self) -> bool:
        """Whether the other side is there and files may go."""
        return self._link.is_open and self._why_not() is None

    def settle(self) -> None:
        """End the transfers under way if files may no longer go this way."""
        problem = self._why_not()
        if problem is not None:
            self.exchange.cancel_all(problem)

    async def aclose(self) -> None:
        """End every transfer; no partial file is left behind."""
        await self.exchange.end()
        self.exchange.cancel_all()
        await self.exchange.aclose()

    def _on_opened(self) -> None:
        self._jobs.start(self._begin(), "go on with the transfers")

    async def _begin(self) -> None:
        async with self._turn:
            if self._link.is_open:
                self.exchange.begin()

    def _on_closed(self) -> None:
        self._jobs.start(self._pause(), "pause the transfers")

    async def _pause(self) -> None:
        async with self._turn:
            await self.exchange.end()
        self.settle()

    def _on_received(self, message: messages.Message) -> None:
        match message:
            case (
                messages.FileOffered()
                | messages.FileAccepted()
                | messages.FileChunk()
                | messages.FileReceived()
                | messages.FileFinished()
                | messages.FileEnded()
            ):
                self.exchange.receive(message)
            case _:
                pass
