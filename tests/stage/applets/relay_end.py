"""A session on a real server with both ends of its relay, each of which can exchange files."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from rescue_console.applet.arriving.joining import join
from rescue_console.desktop.media.certificate import make_certificate
from rescue_console.network.server_address import ServerAddress, read_address
from rescue_console.peer.files.exchange import FileExchange
from rescue_console.peer.files.line import Line
from rescue_console.peer.files.transfer import Transfer
from rescue_console.peer.relay import PeerCame, PeerGone, RelayConnection, RelayRoute
from rescue_console.peer.secure_channel import applet_tls, console_tls
from rescue_console.protocol.channel import (
    FileAccepted,
    FileChunk,
    FileEnded,
    FileFinished,
    FileOffered,
    FileReceived,
    FromApplet,
    FromConsole,
    Message,
)
from rescue_console.protocol.choices import DevicePlatform
from tests.stage.applets.two_sides import FixedReception
from tests.stage.links import link_parts
from tests.stage.servers.rescue_server import RealServer
from tests.stage.until import WAIT_S, until_here

MessageT = TypeVar("MessageT", bound=Message)


@dataclass(frozen=True)
class Meeting:
    """What both ends need to meet; it can be passed to another process."""

    url: str
    session_id: str
    access_token: str
    applet_token: str
    certificate: str
    fingerprint: bytes


def arrange(
    server: RealServer,
    folder: Path,
    *,
    address: ServerAddress | None = None,
    tls: ssl.SSLContext | None = None,
) -> Meeting:
    """Create a session, bring an applet into it and start it.

    Args:
        server: Where the session is.
        folder: Where the console's certificate is written.
        address: Where the applet reaches the server, if not where everybody does.
        tls: The applet's, if the server has TLS.
    """
    session = server.owner.create_session()
    at = address or read_address(server.url)
    joined = join(at, link_parts(session["link"]), DevicePlatform.LINUX, tls)
    answer = server.owner.post(f"/sessions/{session['id']}/start")
    assert answer.ok, answer.text
    certificate = make_certificate()
    pem = folder / f"{session['id']}.pem"
    pem.write_bytes(certificate.pem())
    return Meeting(
        server.url,
        session["id"],
        server.owner.access_token,
        joined.token,
        str(pem),
        certificate.fingerprint,
    )


class RelayEnd:
    """One end of the relay, with an exchange of files."""

    def __init__(
        self,
        meeting: Meeting,
        folder: Path,
        *,
        console: bool,
        address: ServerAddress | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        async def introduce() -> dict[str, str]:
            if console:
                return {"access_token": meeting.access_token}
            return {"applet_token": meeting.applet_token}

        self.relay: RelayConnection[Any] = RelayConnection(
            RelayRoute(
                server=address or read_address(meeting.url),
                session_id=meeting.session_id,
                introduce=introduce,
                tls=tls,
            ),
            console_tls(meeting.certificate) if console else applet_tls(),
            server_side=console,
            pin=None if console else meeting.fingerprint,
            kinds=FromApplet if console else FromConsole,
        )
        self.news = asyncio.Event()
        self.threads = ThreadPoolExecutor(4)
        line = Line(
            self.relay.send, self.relay.post, lambda: True, self._changed, threads=self.threads
        )
        self.exchange = FileExchange(line, FixedReception(folder), odd=not console)
        self.met = 0
        self.heard: list[Message] = []
        """Messages received that do not belong to the exchange of files."""

    def _changed(self, transfer: Transfer) -> None:
        self.news.set()

    @asynccontextmanager
    async def open(self) -> AsyncIterator["RelayEnd"]:
        """Follow the relay while the block runs."""
        following = asyncio.create_task(self._follow())
        try:
            yield self
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
            await self.exchange.aclose()
            self.threads.shutdown()

    async def _follow(self) -> None:
        async with aclosing(self.relay.follow()) as happenings:
            async for happening in happenings:
                match happening:
                    case PeerCame():
                        self.met += 1
                        self.exchange.begin()
                        self.news.set()
                    case PeerGone():
                        await self.exchange.end()
                    case (
                        FileOffered()
                        | FileAccepted()
                        | FileChunk()
                        | FileReceived()
                        | FileFinished()
                        | FileEnded()
                    ):
                        self.exchange.receive(happening)
                    case _:
                        self.heard.append(happening)
                        self.news.set()

    async def until(self, condition: Callable[[], bool], within_s: float = WAIT_S) -> None:
        """Wait until *condition* holds, checking it after each change and now and then."""
        await until_here(condition, within_s=within_s, news=self.news)

    async def ask(self, message: Message, kind: type[MessageT]) -> MessageT:
        """Post *message*; return the first answer of *kind* that carries its number."""

        def answers() -> list[MessageT]:
            number = getattr(message, "id", None)
            return [m for m in self.heard if isinstance(m, kind) and m.id == number]  # type: ignore[attr-defined]

        await self.until(lambda: self.met > 0)
        self.relay.post(message)
        await self.until(lambda: bool(answers()))
        return answers()[0]
