"""The technician's side as the applet sees it: a throw-away certificate and the relay."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from typing import Any, TypeVar

from rescue_console.desktop.media.certificate import make_certificate
from rescue_console.network.server_address import read_address
from rescue_console.peer.relay import PeerCame, PeerGone, RelayConnection, RelayRoute
from rescue_console.protocol.channel import FromApplet, Message
from tests.stage.servers.rescue_server import Asker, RealServer
from tests.stage.until import until_here

T = TypeVar("T")


class Console:
    """A technician's console at the other end of the relay."""

    def __init__(self, server: RealServer, session_id: str) -> None:
        self.owner: Asker = server.owner
        self.session_id = session_id
        certificate = make_certificate()
        self.fingerprint = certificate.fingerprint

        async def introduce() -> dict[str, str]:
            return {"access_token": server.owner.access_token}

        self.relay: RelayConnection[Message] = RelayConnection(
            RelayRoute(server=read_address(server.url), session_id=session_id, introduce=introduce),
            certificate.tls(),
            server_side=True,
            pin=None,
            kinds=FromApplet,
            own=self.fingerprint,
        )
        self.seen: list[Message | PeerCame | PeerGone] = []
        self._news = asyncio.Event()

    @asynccontextmanager
    async def connected(self) -> AsyncIterator["Console"]:
        """Follow the relay while the block runs."""
        self._following = asyncio.create_task(self._follow(self.relay.follow()))
        try:
            yield self
        finally:
            self.leave()
            await asyncio.gather(self._following, return_exceptions=True)

    def leave(self) -> None:
        """Leave the relay without telling the applet."""
        self._following.cancel()

    async def _follow(self, happenings: AsyncGenerator[Any, None]) -> None:
        async with aclosing(happenings):
            async for happening in happenings:
                self.seen.append(happening)
                self._news.set()

    async def until(
        self, kind: type[T], which: Callable[[T], bool] = lambda _: True, after: int = 0
    ) -> T:
        """Wait for something of *kind* for which *which* holds; return the first.

        Args:
            after: How many of the things seen so far to skip.
        """

        def found() -> T | None:
            return next(
                (each for each in self.seen[after:] if isinstance(each, kind) and which(each)),
                None,
            )

        await until_here(lambda: found() is not None, news=self._news)
        happening = found()
        assert happening is not None
        return happening

    def post_all(self, *messages: Message) -> None:
        """Send *messages* to the applet."""
        for message in messages:
            self.relay.post(message)

    def session(self) -> dict[str, Any]:
        """Return the session as the server shows it."""
        answer: dict[str, Any] = self.owner.get(f"/sessions/{self.session_id}").json()
        return answer

    def start(self) -> None:
        """Start the session."""
        answer = self.owner.post(f"/sessions/{self.session_id}/start")
        assert answer.ok, answer.text

    def ask(self, power: str) -> None:
        """Ask for a power."""
        answer = self.owner.post(f"/sessions/{self.session_id}/powers/{power}/ask")
        assert answer.ok, answer.text

    def ready(self) -> None:
        """Tell the applet which certificate to expect."""
        signal = {"kind": "relay_ready", "body": self.fingerprint.hex()}
        answer = self.owner.post(f"/sessions/{self.session_id}/signals", json=signal)
        assert answer.ok, answer.text
