"""The applet in networks that let no WebSocket through: it needs them, and says so."""

from collections.abc import Iterator
from contextlib import aclosing
from functools import partial
from itertools import repeat

import pytest

from rescue_console.applet.arriving.joining import join, reaches
from rescue_console.applet.link import live
from rescue_console.applet.link.live import Live, Lost
from rescue_console.network.server_address import read_address
from rescue_console.protocol.choices import DevicePlatform
from rescue_console.protocol.customer import CustomerState
from rescue_console.protocol.links import read_link
from tests.stage.networks.plain_proxy import Habit, PlainProxy
from tests.stage.servers.rescue_server import RealServer


@pytest.fixture
def proxy(server: RealServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[PlainProxy]:
    monkeypatch.setattr(live, "OPEN_WITHIN_S", 2.0)
    with PlainProxy(int(server.url.rpartition(":")[2])) as between:
        yield between


def joined(server: RealServer, proxy: PlainProxy) -> Live:
    """Return the connection of an applet that has joined through the proxy."""
    link = read_link(server.owner.create_session()["link"])
    assert link is not None
    address = read_address(proxy.url)
    token = join(address, link, DevicePlatform.LINUX, None).token
    return Live(
        address,
        token,
        "en",
        None,
        lambda: repeat(0.05),
        reaches=partial(reaches, address, None),
    )


@pytest.mark.parametrize("habit", [Habit.REFUSES, Habit.STRIPS, Habit.SWALLOWS])
async def test_the_second_websocket_that_fails_where_requests_work_is_called_blocked(
    server: RealServer, proxy: PlainProxy, habit: Habit
) -> None:
    proxy.habit = habit
    async with aclosing(joined(server, proxy).follow()) as said:
        assert [await anext(said) for _ in range(2)] == [Lost(), Lost(blocked=True)]
        proxy.habit = Habit.PASSES
        heard = [await anext(said) for _ in range(2)]
    assert any(isinstance(message, CustomerState) for message in heard)


async def test_a_lost_network_is_not_called_blocked(server: RealServer, proxy: PlainProxy) -> None:
    proxy.habit = Habit.PASSES
    async with aclosing(joined(server, proxy).follow()) as said:
        assert isinstance(await anext(said), CustomerState)
        proxy.block()
        heard = list[object]()
        while heard.count(Lost()) < 4:
            heard.append(await anext(said))
        # What the server had sent before may still have come.
        assert Lost(blocked=True) not in heard
        proxy.mend()
