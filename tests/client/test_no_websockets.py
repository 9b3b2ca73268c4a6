"""The event stream through proxies that let no WebSocket through."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import aclosing
from itertools import repeat
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from rescue_console.client import events
from rescue_console.client.account import Account, open_with_password
from rescue_console.client.events import EventStream, Happening, Offline, Way, look_pauses
from rescue_console.network import way_out
from rescue_console.network.server_address import read_address
from rescue_console.network.way_out import Proxy, read_proxy
from rescue_console.protocol.choices import ConnectionMethod
from rescue_console.protocol.events import Hello, SessionChanged
from rescue_console.protocol.requests import CreateSession
from rescue_console.system.computer_name import computer_name
from tests.stage.networks.plain_proxy import Habit, PlainProxy
from tests.stage.networks.proxy import CompanyProxy
from tests.stage.servers.rescue_server import OWNER_EMAIL, OWNER_PASSWORD, RealServer
from tests.stage.technicians.happenings import next_of
from tests.stage.until import WAIT_S, until

BLOCKED = [Habit.REFUSES, Habit.STRIPS, Habit.SWALLOWS, Habit.MUFFLES]


def port_of(server: RealServer) -> int:
    return int(server.url.rpartition(":")[2])


@pytest.fixture
def proxy(server: RealServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[PlainProxy]:
    monkeypatch.setattr(events, "HELLO_TIMEOUT_S", 2.0)
    with PlainProxy(port_of(server)) as between:
        yield between


@pytest.fixture
def account(proxy: PlainProxy) -> Iterator[Account]:
    """The owner, signed in through the proxy."""
    account = open_with_password(read_address(proxy.url), OWNER_EMAIL, OWNER_PASSWORD, None)
    yield account
    account.close()


@pytest.fixture
def stream(account: Account) -> EventStream:
    stream = account.events()
    stream._new_pauses = lambda: repeat(0.05)
    stream._pauses = repeat(0.05)
    stream._looks = lambda: repeat(0.2)
    return stream


async def create(account: Account, name: str) -> str:
    request = CreateSession(method=ConnectionMethod.LINK, name=name)
    return (await asyncio.to_thread(account.api.create_session, request, uuid4().hex)).id


@pytest.mark.parametrize("habit", BLOCKED)
async def test_events_come_by_requests(
    account: Account, stream: EventStream, proxy: PlainProxy, habit: Habit
) -> None:
    proxy.habit = habit
    async with aclosing(stream.follow()) as follow:
        assert not (await next_of(follow, Hello)).resumed
        made = [await create(account, f"number {number}") for number in range(3)]
        seen: list[Happening] = []
        async with asyncio.timeout(2 * WAIT_S):
            while len(seen) < len(made) + 1:
                seen.append(await anext(follow))
    changed = [each.session.id for each in seen if isinstance(each, SessionChanged)]
    assert changed == made
    [first, *_] = [line for line in proxy.requests if "/events?" in line]
    assert urlencode({"computer": computer_name()}) in first
    # That WebSockets are blocked, and not just lost, is said once.
    assert [each for each in seen if isinstance(each, Way)] == [Way(plain=True)]


async def test_when_one_gets_through_again_nothing_is_missed_and_nothing_is_read_again(
    account: Account, stream: EventStream, proxy: PlainProxy
) -> None:
    async with aclosing(stream.follow()) as follow:
        await next_of(follow, Hello)
        await next_of(follow, Way)
        proxy.habit = Habit.PASSES
        assert not (await next_of(follow, Way)).plain
        made = await create(account, "meanwhile")
        assert (await next_of(follow, Hello)).resumed
        assert (await next_of(follow, SessionChanged)).session.id == made
        asked = len(proxy.requests)
        other = await create(account, "by the WebSocket")
        assert (await next_of(follow, SessionChanged)).session.id == other
        assert not [line for line in proxy.requests[asked:] if "/events?" in line]


async def test_a_lost_network_is_not_taken_for_one_that_blocks_websockets(
    stream: EventStream, proxy: PlainProxy
) -> None:
    proxy.habit = Habit.PASSES
    seen = list[Happening]()
    async with aclosing(stream.follow()) as follow:
        await next_of(follow, Hello)
        for _ in range(3):
            proxy.block()
            seen.append(await next_of(follow, Offline))
            proxy.mend()
            seen.append(await next_of(follow, Hello))
    assert all(happening.resumed for happening in seen if isinstance(happening, Hello))
    assert not stream._blocked


async def test_a_loss_while_they_are_blocked_is_mended_without_trying_websockets(
    account: Account, stream: EventStream, proxy: PlainProxy
) -> None:
    stream._looks = lambda: iter((0.05, 3_600.0))
    async with aclosing(stream.follow()) as follow:
        await next_of(follow, Hello)
        await next_of(follow, Way)
        tried = proxy.sockets
        proxy.block()
        await next_of(follow, Offline)
        proxy.mend()
        assert (await next_of(follow, Hello)).resumed
        made = await create(account, "afterwards")
        assert (await next_of(follow, SessionChanged)).session.id == made
    assert proxy.sockets == tried


async def test_a_proxy_that_refuses_tunnels_is_named(
    server: RealServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking = list[threading.Thread]()
    with CompanyProxy(port_of(server)) as company:

        def by_a_slow_system() -> Proxy:
            asking.append(threading.current_thread())
            return read_proxy(f"http://127.0.0.1:{company.port}")

        monkeypatch.setattr(way_out, "_chosen", by_a_slow_system)
        company.tunnels = False
        account = await asyncio.to_thread(
            open_with_password,
            read_address("http://help.example"),
            OWNER_EMAIL,
            OWNER_PASSWORD,
            None,
        )
        stream = account.events()
        async with aclosing(stream.follow()) as follow:
            await next_of(follow, Hello)
            way = await next_of(follow, Way)
        account.close()
    assert way.plain
    assert str(company.port) in way.proxy
    # The loop, and with it the screen, never waits for the system or its keyring.
    assert threading.current_thread() not in asking


async def test_leaving_does_not_wait_for_a_held_request(
    stream: EventStream, proxy: PlainProxy
) -> None:
    async with aclosing(stream.follow()) as follow:
        await next_of(follow, Hello)
        asked = asyncio.ensure_future(next_of(follow, Offline))
        await until(lambda: any("wait_s=20" in line for line in proxy.requests))
        began_s = time.monotonic()
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
    assert time.monotonic() - began_s < 5


def test_they_are_tried_less_and_less_often() -> None:
    pauses = look_pauses()
    first = [next(pauses) for _ in range(7)]
    assert first == [1.5, 60, 120, 240, 480, 900, 900]
