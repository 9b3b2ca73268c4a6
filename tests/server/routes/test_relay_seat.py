"""The relay's place for a console belongs to one of a technician's consoles at a time."""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from rescue_console.protocol.answers import Session
from rescue_console.protocol.choices import DevicePlatform
from rescue_console.protocol.events import CLOSE_TAKEN_OVER
from rescue_console.protocol.requests import TakeSeat
from rescue_console.server.rules.access.caller import Caller
from tests.stage.customers.site import PASSWORD, Site, link_parts, open_site

PEER, ALONE = {"kind": "peer"}, {"kind": "alone"}


@dataclass
class Two:
    """An active session, its applet at the relay, and a technician with two consoles."""

    site: Site
    session: Session
    stack: AsyncExitStack
    applet_token: str
    tokens: dict[str, str] = field(default_factory=dict)
    callers: dict[str, Caller] = field(default_factory=dict)

    def sign_in(self, name: str) -> None:
        sign_ins = self.site.parts.sign_ins
        signed_in = self.site.do(sign_ins.sign_in("marie@example.com", PASSWORD, "127.0.0.1"))
        self.tokens[name] = signed_in.access_token
        self.callers[name], _ = self.site.do(sign_ins.caller(signed_in.access_token))

    async def side(self, **first: str) -> ClientConnection:
        url = f"{self.site.url.replace('http', 'ws', 1)}/api/v1/relay/{self.session.id}"
        socket = await self.stack.enter_async_context(connect(url, proxy=None))
        await socket.send(json.dumps(first))
        return socket

    async def console(self, name: str) -> ClientConnection:
        return await self.side(access_token=self.tokens[name])

    async def applet(self) -> ClientConnection:
        return await self.side(applet_token=self.applet_token)

    def take_over(self, name: str) -> None:
        taking = TakeSeat(take_over=True)
        self.site.do(self.site.parts.seats.take(self.callers[name], self.session.id, taking))


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Two]:
    with open_site(tmp_path) as site:
        session = site.create()
        link = link_parts(site, session)
        joining = site.parts.helping.join_with_applet(link.code, link.key, DevicePlatform.LINUX)
        applet_token = site.do(joining)
        assert applet_token is not None
        site.start(session)
        async with AsyncExitStack() as stack:
            made = Two(site, session, stack, applet_token)
            for name in ("desk", "laptop"):
                made.sign_in(name)
            yield made


async def closed_with(socket: ClientConnection) -> int:
    """Return the code with which the server closes *socket*."""
    with suppress(ConnectionClosed):
        while True:
            await socket.recv()
    assert socket.close_code is not None
    return socket.close_code


async def test_a_second_console_does_not_take_the_place_of_the_first(two: Two) -> None:
    desk = await two.console("desk")
    assert json.loads(await desk.recv()) == ALONE
    for _ in range(3):
        assert await closed_with(await two.console("laptop")) == CLOSE_TAKEN_OVER
    applet = await two.applet()
    for each in (desk, applet):
        assert json.loads(await each.recv()) == PEER
    await desk.send(b"still here")
    assert await applet.recv() == b"still here"


async def test_the_console_that_lost_the_session_is_told_by_a_code_of_its_own(two: Two) -> None:
    desk = await two.console("desk")
    assert json.loads(await desk.recv()) == ALONE
    applet = await two.applet()
    assert json.loads(await applet.recv()) == PEER
    two.take_over("laptop")
    assert await closed_with(desk) == CLOSE_TAKEN_OVER
    assert json.loads(await applet.recv()) == ALONE
    assert await closed_with(await two.console("desk")) == CLOSE_TAKEN_OVER
    laptop = await two.console("laptop")
    for each in (laptop, applet):
        assert json.loads(await each.recv()) == PEER
    two.take_over("desk")
    assert await closed_with(laptop) == CLOSE_TAKEN_OVER


async def test_a_console_that_comes_back_has_its_place_again(two: Two) -> None:
    lost = await two.console("desk")
    assert json.loads(await lost.recv()) == ALONE
    again = await two.console("desk")
    assert await closed_with(lost) != CLOSE_TAKEN_OVER
    assert json.loads(await again.recv()) == ALONE
