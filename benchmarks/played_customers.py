"""Plays many customers with an applet, all in one process, who allow everything.

``python -m benchmarks.played_customers URL FOLDER CODE:KEY…`` joins each session, allows what is
asked for, answers requests for system information with 500 processes, and receives files into
FOLDER. It runs until it is terminated.
"""

import asyncio
import sys
from contextlib import aclosing
from pathlib import Path

from rescue_console.applet.arriving.joining import join
from rescue_console.applet.link.live import Live
from rescue_console.network.server_address import ServerAddress, read_address
from rescue_console.peer.files.exchange import FileExchange
from rescue_console.peer.files.line import Line
from rescue_console.peer.relay import PeerCame, PeerGone, RelayConnection, RelayRoute
from rescue_console.peer.secure_channel import applet_tls
from rescue_console.protocol.channel import (
    Fact,
    FileAccepted,
    FileChunk,
    FileEnded,
    FileFinished,
    FileOffered,
    FileReceived,
    FromConsole,
    Greeting,
    Message,
    Screen,
    SystemInformation,
    SystemInformationWanted,
)
from rescue_console.protocol.choices import DevicePlatform
from rescue_console.protocol.customer import CustomerState, SignalShown
from rescue_console.protocol.links import LinkParts
from rescue_console.protocol.powers import Consent
from rescue_console.protocol.signals import SignalKind
from tests.stage.applets.two_sides import FixedReception

PROCESSES = 500
GREETING = Greeting(
    system="Linux",
    version="6",
    screens=[Screen(name="1", left=0, top=0, width=1920, height=1080)],
    can_control=True,
)
FACTS = [
    Fact(section="Processes", name=str(number), value=f"/usr/bin/program-{number}")
    for number in range(PROCESSES)
]


class PlayedCustomer:
    """One customer with an applet, in one session."""

    def __init__(self, server: ServerAddress, link: LinkParts, folder: Path) -> None:
        self._server = server
        self._joined = join(server, link, DevicePlatform.LINUX, None)
        self._live = Live(server, self._joined.token, "en", None)
        self._folder = folder
        self._pin = b""
        self._following: asyncio.Task[None] | None = None

    async def live(self) -> None:
        """Follow the session until it is over."""
        async with aclosing(self._live.follow()) as said:
            async for message in said:
                match message:
                    case CustomerState():
                        for power, consent in message.consents.items():
                            if consent is Consent.ASKED:
                                self._live.answer(power, granted=True)
                    case SignalShown() if message.signal.kind is SignalKind.RELAY_READY:
                        self._meet(bytes.fromhex(message.signal.body))

    def _meet(self, pin: bytes) -> None:
        if pin != self._pin:
            self._pin = pin
            self._following = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        relay: RelayConnection[Message] = RelayConnection(
            RelayRoute(
                server=self._server,
                session_id=self._joined.session_id,
                introduce=self._introduce,
            ),
            applet_tls(),
            server_side=False,
            pin=self._pin,
            kinds=FromConsole,
        )
        line = Line(relay.send, relay.post, lambda: True, lambda transfer: None)
        exchange = FileExchange(line, FixedReception(self._folder), odd=True)
        async with aclosing(relay.follow()) as happenings:
            async for happening in happenings:
                match happening:
                    case PeerCame():
                        relay.post(GREETING)
                        exchange.begin()
                    case PeerGone():
                        await exchange.end()
                    case SystemInformationWanted():
                        relay.post(SystemInformation(id=happening.id, facts=FACTS))
                    case (
                        FileOffered()
                        | FileAccepted()
                        | FileChunk()
                        | FileReceived()
                        | FileFinished()
                        | FileEnded()
                    ):
                        exchange.receive(happening)

    async def _introduce(self) -> dict[str, str]:
        return {"applet_token": self._joined.token}


async def main(url: str, folder: Path, links: list[LinkParts]) -> None:
    """Play a customer for each of *links*."""
    server = read_address(url)
    customers = [PlayedCustomer(server, link, folder) for link in links]
    await asyncio.gather(*(customer.live() for customer in customers))


if __name__ == "__main__":
    asyncio.run(
        main(sys.argv[1], Path(sys.argv[2]), [LinkParts(*w.split(":")) for w in sys.argv[3:]])
    )
