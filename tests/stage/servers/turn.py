"""A TURN server on the loopback, in the test's own loop, as unhelpful as the test wants."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Protocol, cast

import psutil
from aioice import stun
from aioice.turn import TurnStreamMixin

from rescue_console.protocol.answers import IceServer

HOST = "127.0.0.1"
_RELAYED = ("192.0.2.1", 40_000)
_LIFE_S = 600


def open_sockets() -> set[int]:
    """Return the descriptors of this program's Internet sockets."""
    return {each.fd for each in psutil.Process().net_connections("inet")}


class Turn:
    """Gives a place and takes it back, without credentials.

    Attributes:
        gives: Set while it answers who wants a place.
        takes_back: Set while it answers who gives one back.
        refuses: Whether its answer is no.
        asked: Set when somebody has asked for a place.
        leaving: Set when somebody has given one back.
    """

    def __init__(self, transport: str) -> None:
        self.transport = transport
        self.port = 0
        self.gives = asyncio.Event()
        self.takes_back = asyncio.Event()
        self.gives.set()
        self.takes_back.set()
        self.refuses = False
        self.asked = asyncio.Event()
        self.leaving = asyncio.Event()
        self.streams: list[asyncio.Transport] = []
        self._answering: set[asyncio.Task[None]] = set()

    @property
    def server(self) -> IceServer:
        """What leads to it."""
        scheme, transport = (
            ("turns", "tcp") if self.transport == "tls" else ("turn", self.transport)
        )
        url = f"{scheme}:{HOST}:{self.port}?transport={transport}"
        return IceServer(urls=[url], username="somebody", credential="secret")

    def reached_by(self) -> int:
        """Return how many sockets of this program lead to it."""
        mine = psutil.Process().net_connections("inet")
        return sum(bool(each.raddr) and each.raddr.port == self.port for each in mine)

    def take(self, client: "_Client", data: bytes, address: tuple[str, int]) -> None:
        """Answer one request as soon as it may be answered."""
        try:
            request = stun.parse_message(data)
        except ValueError:  # TLS, perhaps
            return
        wants = request.message_method == stun.Method.ALLOCATE
        told, may = (self.asked, self.gives) if wants else (self.leaving, self.takes_back)
        if not may.is_set():
            client.fall_silent()
        told.set()
        answer = asyncio.create_task(self._answer(client, request, may, address))
        self._answering.add(answer)
        answer.add_done_callback(self._answering.discard)

    def end(self) -> None:
        """Answer nobody any more."""
        for answer in self._answering:
            answer.cancel()
        for stream in self.streams:
            stream.abort()

    async def _answer(
        self, client: "_Client", request: stun.Message, may: asyncio.Event, address: tuple[str, int]
    ) -> None:
        await may.wait()
        kind = stun.Class.ERROR if self.refuses else stun.Class.RESPONSE
        answer = stun.Message(request.message_method, kind, request.transaction_id)
        if self.refuses:
            answer.attributes["ERROR-CODE"] = (486, "Full")
        else:
            answer.attributes["LIFETIME"] = _LIFE_S
            answer.attributes["XOR-RELAYED-ADDRESS"] = _RELAYED
            answer.attributes["XOR-MAPPED-ADDRESS"] = address
        client.send(bytes(answer), address)


class _Client(Protocol):
    """Whoever has asked."""

    def fall_silent(self) -> None:
        """Do not even answer the leave of TLS."""

    def send(self, data: bytes, address: tuple[str, int]) -> None:
        """Send an answer, silent or not."""


class _Stream(TurnStreamMixin, asyncio.Protocol):
    """One who has come over TCP or TLS."""

    transport: asyncio.Transport

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self.datagram_received = partial(turn.take, self)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._turn.streams.append(transport)

    def fall_silent(self) -> None:
        self.transport.pause_reading()

    def send(self, data: bytes, address: tuple[str, int]) -> None:
        self.transport.resume_reading()
        self.transport.write(data)


class _Datagrams(asyncio.DatagramProtocol):
    """All who come over UDP."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # Not an instance of it in Python 3.11.
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._turn.take(self, data, addr)

    def fall_silent(self) -> None:
        pass

    def send(self, data: bytes, address: tuple[str, int]) -> None:
        self._transport.sendto(data, address)


@asynccontextmanager
async def running_turn(transport: str, certificate: Path | None = None) -> AsyncIterator[Turn]:
    """Have a server for the length of the block.

    Args:
        transport: ``udp``, ``tcp`` or ``tls``.
        certificate: Key and certificate for TLS.
    """
    turn, loop = Turn(transport), asyncio.get_running_loop()
    listening: asyncio.DatagramTransport | asyncio.Server
    if transport == "udp":
        listening, _ = await loop.create_datagram_endpoint(lambda: _Datagrams(turn), (HOST, 0))
        turn.port = listening.get_extra_info("sockname")[1]
    else:
        tls = None
        if certificate is not None:
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            tls.load_cert_chain(certificate)
        streams = await loop.create_server(lambda: _Stream(turn), HOST, 0, ssl=tls)
        listening, turn.port = streams, streams.sockets[0].getsockname()[1]
    try:
        yield turn
    finally:
        turn.end()
        listening.close()
