"""Finds out which TURN server can be used from here, before a connection relies on it.

aiortc uses only one TURN address, the first, and does not say why it got no answer. A company's
firewall may swallow UDP; then only an address over TCP or TLS helps.
"""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from enum import IntEnum, auto
from functools import partial
from typing import TypeVar

from aioice import stun
from aioice.turn import (
    DEFAULT_ALLOCATION_LIFETIME,
    DEFAULT_CHANNEL_REFRESH_TIME,
    TurnClientProtocol,
    TurnClientTcpProtocol,
    TurnClientUdpProtocol,
)
from aiortc.rtcicetransport import parse_stun_turn_uri

from rescue_console.desktop.media.base import Hindrance
from rescue_console.protocol.answers import IceServer

RELAY_WITHIN_S = 4.0
"""How long a TURN server may take to answer."""

BETTER_WITHIN_S = 0.4
"""How long to wait for addresses listed before one that has already answered."""

C = TypeVar("C")

_CLOSE_WITHIN_S = 1.0
_log = logging.getLogger(__name__)


class RelayState(IntEnum):
    """The state of the TURN servers; of several, the lowest counts."""

    READY = auto()
    REFUSED = auto()
    """One answered but refused: the shared secret or the clocks differ, or it is full."""
    SILENT = auto()
    """None answered."""
    NONE = auto()
    """None is set up."""


_HINDRANCES = {
    RelayState.NONE: Hindrance.NO_RELAY,
    RelayState.SILENT: Hindrance.RELAY_SILENT,
    RelayState.REFUSED: Hindrance.RELAY_REFUSED,
}


@dataclass(frozen=True)
class Ways:
    """The servers to use, with at most one TURN address, and the state of TURN."""

    servers: list[IceServer]
    relay: RelayState


def hindrance_of(relay: RelayState, *, has_addresses: bool) -> Hindrance:
    """Return what is known about why no route was found.

    Args:
        relay: The state of TURN as seen from here.
        has_addresses: Whether the customer's browser has given any address of its own.
    """
    if not has_addresses:
        return Hindrance.NO_ADDRESSES
    return _HINDRANCES.get(relay, Hindrance.UNKNOWN)


async def find_ways(servers: Sequence[IceServer]) -> Ways:
    """Ask all TURN addresses at the same time; keep the first one listed that can be used."""
    offered = [_only(server, url) for server in servers for url in server.urls if _is_turn(url)]
    others = [server for server in servers if not any(map(_is_turn, server.urls))]
    states = await _ask_all(offered)
    best = min(states, default=RelayState.NONE)
    if best is not RelayState.READY:
        return Ways(others, best)
    place = states.index(best)
    if any(_is_udp(server.urls[0]) for server in offered[:place]):
        others = []  # UDP does not get through, so STUN would not answer either
    return Ways([*others, offered[place]], best)


def _is_turn(url: str) -> bool:
    return url.startswith(("turn:", "turns:"))


def _is_udp(url: str) -> bool:
    try:
        return bool(parse_stun_turn_uri(url)["transport"] == "udp")
    except ValueError:
        return False


def _only(server: IceServer, url: str) -> IceServer:
    return IceServer(urls=[url], username=server.username, credential=server.credential)


async def _ask_all(offered: list[IceServer]) -> list[RelayState]:
    tasks = [asyncio.ensure_future(_ask(server)) for server in offered]
    try:
        waiting = set(tasks)
        while waiting and not any(_is_ready(task) for task in tasks):
            _, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        before = _before_first_ready(tasks)
        if before:
            await asyncio.wait(before, timeout=BETTER_WITHIN_S)
        return [task.result() if task.done() else RelayState.SILENT for task in tasks]
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _is_ready(task: "asyncio.Future[RelayState]") -> bool:
    return task.done() and task.result() is RelayState.READY


def _before_first_ready(
    tasks: Sequence["asyncio.Future[RelayState]"],
) -> list["asyncio.Future[RelayState]"]:
    """Return the unfinished tasks that come before the first one that is ready."""
    ready = next((place for place, task in enumerate(tasks) if _is_ready(task)), 0)
    return [task for task in tasks[:ready] if not task.done()]


async def _ask(server: IceServer) -> RelayState:
    url = server.urls[0]
    try:
        async with asyncio.timeout(RELAY_WITHIN_S) as limit, _reached(url, server) as client:
            await client.connect()
            limit.reschedule(None)  # it has answered
            await _give_back(client)
    except stun.TransactionFailed as error:
        _log.warning("The TURN server %s refuses to serve this computer: %s", url, error)
        return RelayState.REFUSED
    except (stun.TransactionError, OSError, ValueError) as error:
        _log.warning("The TURN server %s does not answer: %r", url, error)
        return RelayState.SILENT
    return RelayState.READY


async def _give_back(client: TurnClientProtocol) -> None:
    """Let the server have its place back; one that no longer answers forgets it by itself."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_CLOSE_WITHIN_S):
            await client.delete()


@asynccontextmanager
async def _reached(url: str, server: IceServer) -> AsyncIterator[TurnClientProtocol]:
    """Have a connection to a TURN server; every way out of the block closes it at once."""
    parsed = parse_stun_turn_uri(url)
    address = (parsed["host"], parsed["port"])
    made = partial(_made, address=address, server=server)
    loop = asyncio.get_running_loop()
    transport: asyncio.Transport | asyncio.DatagramTransport
    client: TurnClientProtocol
    if parsed["transport"] == "udp":
        transport, client = await loop.create_datagram_endpoint(
            lambda: made(TurnClientUdpProtocol), remote_addr=address
        )
    else:
        transport, client = await loop.create_connection(
            lambda: made(TurnClientTcpProtocol), *address
        )
    try:
        if isinstance(client, TurnClientTcpProtocol) and parsed["scheme"] == "turns":
            await _encrypt(client, parsed["host"])
        yield client
    finally:
        # The one below TLS, whose leave waits for a server that may have fallen silent.
        transport.abort()


def _made(kind: Callable[..., C], address: tuple[str, int], server: IceServer) -> C:
    return kind(
        address,
        username=server.username,
        password=server.credential,
        lifetime=DEFAULT_ALLOCATION_LIFETIME,
        channel_refresh_time=DEFAULT_CHANNEL_REFRESH_TIME,
    )


async def _encrypt(client: TurnClientTcpProtocol, host: str) -> None:
    encrypted = await asyncio.get_running_loop().start_tls(
        client.transport, client, ssl.create_default_context(), server_hostname=host
    )
    assert encrypted is not None
    client.connection_made(encrypted)
