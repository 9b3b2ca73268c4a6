"""The connection through a real server's relay: opened, lost and reopened, refused."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from contextlib import aclosing
from itertools import repeat
from pathlib import Path
from typing import Any, TypeVar

import pytest
import requests

from rescue_console.network.errors import SignedOut, Unreachable, Why
from rescue_console.network.server_address import read_address
from rescue_console.peer.outbox import Outbox
from rescue_console.peer.relay import (
    PeerCame,
    PeerGone,
    RelayConnection,
    RelayRefused,
    RelayRoute,
)
from rescue_console.peer.secure_channel import NotTheConsole, applet_tls
from rescue_console.protocol.channel import (
    TEXT_MAX,
    ChannelBroken,
    ClipboardChanged,
    FromConsole,
    Message,
)
from tests.stage.applets.console import Console
from tests.stage.links import link_parts
from tests.stage.networks.wire import Wire
from tests.stage.servers.rescue_server import RealServer
from tests.stage.until import WAIT_S

T = TypeVar("T")
Happenings = AsyncGenerator[Any, None]


class Applet:
    """The applet's end of the relay: an applet that has joined, without a window."""

    def __init__(self, server: RealServer, url: str) -> None:
        made = server.owner.create_session()
        link = link_parts(made["link"])
        body = {"code": link.code, "key": link.key, "platform": "linux"}
        answer = requests.post(f"{server.url}/Customer/Applet", json=body, timeout=WAIT_S)
        assert answer.ok, answer.text
        self.session_id: str = made["id"]
        self.token: str = answer.json()["token"]
        self.problems: list[Exception] = []
        """The errors that its next attempts to introduce itself raise, one for each attempt."""
        self._server = read_address(url)

    def connection(self, pin: bytes) -> RelayConnection[Message]:
        """Return a connection that reconnects without long pauses."""

        async def introduce() -> dict[str, str]:
            if self.problems:
                raise self.problems.pop(0)
            return {"applet_token": self.token}

        route = RelayRoute(server=self._server, session_id=self.session_id, introduce=introduce)
        return RelayConnection(
            route,
            applet_tls(),
            server_side=False,
            pin=pin,
            kinds=FromConsole,
            pauses=lambda: repeat(0.05),
        )


async def next_of(happenings: Happenings, kind: type[T]) -> T:
    """Return the next happening of *kind*, skipping others."""
    async with asyncio.timeout(WAIT_S):
        async for happening in happenings:
            if isinstance(happening, kind):
                return happening
    raise AssertionError("the connection has ended")


@pytest.fixture
def applet(server: RealServer, wire: Wire) -> Iterator[Applet]:
    made = Applet(server, wire.url)
    yield made
    # A technician may have only so many active sessions at once.
    server.owner.post(f"/sessions/{made.session_id}/close")


@pytest.fixture
async def console(server: RealServer, applet: Applet, tmp_path: Path) -> AsyncIterator[Console]:
    console = Console(server, applet.session_id)
    console.start()
    async with console.connected():
        yield console


async def test_each_side_reads_what_the_other_sends(applet: Applet, console: Console) -> None:
    relay = applet.connection(console.fingerprint)
    text = "é" * TEXT_MAX
    async with aclosing(relay.follow()) as happenings:
        await next_of(happenings, PeerCame)
        relay.post(ClipboardChanged(text="from the applet"))
        assert (await console.until(ClipboardChanged)).text == "from the applet"
        console.relay.post(ClipboardChanged(text=text))
        assert (await next_of(happenings, ClipboardChanged)).text == text


async def test_both_sides_have_the_same_security_code_also_after_a_loss(
    applet: Applet, console: Console, wire: Wire
) -> None:
    async with aclosing(applet.connection(console.fingerprint).follow()) as happenings:
        code = (await next_of(happenings, PeerCame)).code
        assert len(code) == len("1234 5678 9012")
        assert (await console.until(PeerCame)).code == code
        seen = len(console.seen)
        wire.cut()
        await next_of(happenings, PeerGone)
        assert (await next_of(happenings, PeerCame)).code == code
        assert (await console.until(PeerCame, after=seen)).code == code


async def test_an_applet_that_was_started_again_has_another_code(
    applet: Applet, console: Console
) -> None:
    codes = []
    for _ in range(2):
        before = len(console.seen)
        async with aclosing(applet.connection(console.fingerprint).follow()) as happenings:
            codes.append((await next_of(happenings, PeerCame)).code)
            assert (await console.until(PeerCame, after=before)).code == codes[-1]
        await console.until(PeerGone, after=before)
    assert codes[0] != codes[1]


@pytest.mark.parametrize("older", ["applet", "console"])
async def test_with_a_program_of_before_the_channel_opens_without_a_code(
    server: RealServer, applet: Applet, older: str
) -> None:
    console = Console(server, applet.session_id)
    console.start()
    relay = applet.connection(console.fingerprint)
    # Version 0.2 names no application in TLS.
    (relay if older == "applet" else console.relay)._channel_tls.set_alpn_protocols([])
    async with console.connected(), aclosing(relay.follow()) as happenings:
        assert (await next_of(happenings, PeerCame)).code == ""
        assert (await console.until(PeerCame)).code == ""
        relay.post(ClipboardChanged(text="as ever"))
        assert (await console.until(ClipboardChanged)).text == "as ever"


async def test_a_certificate_that_is_not_pinned_ends_the_connection(
    applet: Applet, console: Console
) -> None:
    async with aclosing(applet.connection(b"\0" * 32).follow()) as happenings:
        with pytest.raises(NotTheConsole):
            await next_of(happenings, PeerCame)


async def test_it_reconnects_after_the_network_was_lost(
    applet: Applet, console: Console, wire: Wire
) -> None:
    relay = applet.connection(console.fingerprint)
    async with aclosing(relay.follow()) as happenings:
        await next_of(happenings, PeerCame)
        wire.block()
        await next_of(happenings, PeerGone)
        relay.post(ClipboardChanged(text="said to nobody"))
        wire.mend()
        await next_of(happenings, PeerCame)
        relay.post(ClipboardChanged(text="here again"))
        assert (await console.until(ClipboardChanged)).text == "here again"


async def test_the_side_that_stays_notices_when_the_other_goes_and_returns(
    applet: Applet, console: Console
) -> None:
    for _ in range(2):
        before = len(console.seen)
        async with aclosing(applet.connection(console.fingerprint).follow()) as happenings:
            await next_of(happenings, PeerCame)
            await console.until(PeerCame, after=before)
        await console.until(PeerGone, after=before)


async def test_an_unknown_token_is_refused_for_good(applet: Applet) -> None:
    applet.token = "unknown"
    async with aclosing(applet.connection(b"\0" * 32).follow()) as happenings:
        with pytest.raises(RelayRefused):
            await next_of(happenings, PeerCame)


async def test_a_token_that_cannot_be_renewed_in_time_counts_as_a_lost_connection(
    applet: Applet, console: Console
) -> None:
    applet.problems = [Unreachable(Why.TIMED_OUT), Unreachable(Why.UNAVAILABLE)]
    async with aclosing(applet.connection(console.fingerprint).follow()) as happenings:
        await next_of(happenings, PeerGone)
        await next_of(happenings, PeerCame)


async def test_a_side_that_is_signed_out_does_not_reconnect(applet: Applet) -> None:
    applet.problems = [SignedOut()]
    async with aclosing(applet.connection(b"\0" * 32).follow()) as happenings:
        with pytest.raises(SignedOut):
            await next_of(happenings, PeerCame)


async def test_a_side_that_only_posts_is_stopped_before_memory_runs_out(
    applet: Applet, console: Console
) -> None:
    relay = applet.connection(console.fingerprint)
    async with aclosing(relay.follow()) as happenings:
        await next_of(happenings, PeerCame)
        much = [ClipboardChanged(text="x" * TEXT_MAX)] * 100
        with pytest.raises(ChannelBroken):
            list(map(relay.post, much))


async def test_it_can_be_cancelled_at_the_moment_when_the_peer_goes(
    applet: Applet, console: Console, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, gone = asyncio.Event(), asyncio.Event()
    pour = Outbox.pour

    async def end_slowly(outbox: Outbox, write: Callable[[bytes], Awaitable[None]]) -> None:
        try:
            await pour(outbox, write)
        finally:
            if outbox is own:
                going.set()
                await gone.wait()

    monkeypatch.setattr(Outbox, "pour", end_slowly)
    relay = applet.connection(console.fingerprint)
    happenings = relay.follow()
    await next_of(happenings, PeerCame)
    own = relay._outbox
    following = asyncio.ensure_future(anext(happenings))
    wire.cut()
    async with asyncio.timeout(WAIT_S):
        await going.wait()
    following.cancel()
    gone.set()
    await asyncio.wait([following], timeout=WAIT_S)
    assert following.cancelled()
