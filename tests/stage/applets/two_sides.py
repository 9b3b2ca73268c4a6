"""Two ends of a channel in one loop, which tests can cut and listen to: no server, real files."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from rescue_console.peer.files.exchange import FileExchange
from rescue_console.peer.files.line import Line
from rescue_console.peer.files.reception import Conflict, Reception
from rescue_console.peer.files.sources import find_sources
from rescue_console.peer.files.transfer import Transfer
from rescue_console.protocol.channel import FileOffered, FromApplet, Message, Unpacker, pack
from tests.stage.until import until_here


class FixedReception(Reception):
    """Receives everything into one folder."""

    def __init__(self, folder: Path, conflict: Conflict = Conflict.KEEP_BOTH) -> None:
        self.folder = folder
        self.conflict = conflict
        self.asked: list[Path] = []

    async def folder_for(self, offer: FileOffered) -> Path:
        return self.folder

    async def on_conflict(self, target: Path) -> Conflict:
        self.asked.append(target)
        return self.conflict


class Side:
    """One end: what it sends is packed, unpacked and received by the other end."""

    def __init__(self, folder: Path, odd: bool, threads: ThreadPoolExecutor) -> None:
        self.folder = folder
        self.reception = FixedReception(folder)
        self.allowed = True
        self.other: Side | None = None
        self.heard: list[Message] = []
        self.shown: dict[int, Transfer] = {}
        self.on_message: Callable[[Message], None] = lambda message: None
        self.news = asyncio.Event()
        self.exchange = FileExchange(
            Line(self.send, self.post, lambda: self.allowed, self.changed, threads),
            self.reception,
            odd=odd,
        )

    async def send(self, message: Message) -> None:
        self.post(message)
        await asyncio.sleep(0)

    def post(self, message: Message) -> None:
        if self.other is None:
            return
        unpacker: Unpacker[FromApplet] = Unpacker(FromApplet)
        for arrived in unpacker.feed(pack(message)):
            self.other.heard.append(arrived)
            self.other.exchange.receive(arrived)  # type: ignore[arg-type]  # only files are sent here
            self.on_message(arrived)

    def changed(self, transfer: Transfer) -> None:
        self.shown[transfer.id] = transfer
        self.news.set()

    def send_paths(self, *paths: Path) -> list[Transfer]:
        return self.exchange.offer(find_sources(paths))

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until *condition* holds, checking it after each change of a transfer."""
        await until_here(condition, news=self.news)

    async def all_over(self, *transfers: Transfer) -> None:
        await self.until(lambda: all(transfer.over for transfer in transfers))


class Sides:
    """Both ends of a channel."""

    def __init__(self, folder: Path, threads: ThreadPoolExecutor) -> None:
        self.console = Side(folder / "console", False, threads)
        self.applet = Side(folder / "applet", True, threads)
        for side in (self.console, self.applet):
            side.folder.mkdir(parents=True, exist_ok=True)

    def connect(self) -> None:
        self.console.other, self.applet.other = self.applet, self.console
        self.console.exchange.begin()
        self.applet.exchange.begin()

    def cut(self) -> None:
        """Let nothing through anymore, as when the network is lost."""
        self.console.other = self.applet.other = None

    async def lose(self) -> None:
        self.cut()
        await self.console.exchange.end()
        await self.applet.exchange.end()

    async def aclose(self) -> None:
        await self.console.exchange.aclose()
        await self.applet.exchange.aclose()


@contextmanager
def file_threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as threads:
        yield threads
