"""Bytes that pass through the relay keep its session from timing out as idle."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from websockets.asyncio.client import ClientConnection, connect

from rescue_console.protocol.answers import Session
from rescue_console.protocol.choices import DevicePlatform
from rescue_console.protocol.requests import ChangeGroup
from tests.stage.customers.site import PASSWORD, Site, link_parts, open_site

AHEAD = timedelta(seconds=20)
"""Longer than the pause between two notes of activity, shorter than a customer may go unseen."""


class Pair:
    """Both sides of a session's relay, and the session's deadline."""

    def __init__(self, site: Site, session: Session) -> None:
        self.site = site
        self.session = session
        self.console: ClientConnection
        self.applet: ClientConnection

    async def open(self, stack: AsyncExitStack, token: str) -> None:
        """Open both sides; return once each knows that the other is connected."""
        signed_in = self.site.do(
            self.site.parts.sign_ins.sign_in("marie@example.com", PASSWORD, "127.0.0.1")
        )
        self.console = await self._side(stack, {"access_token": signed_in.access_token})
        assert json.loads(await self.console.recv()) == {"kind": "alone"}
        self.applet = await self._side(stack, {"applet_token": token})
        for side in (self.console, self.applet):
            assert json.loads(await side.recv()) == {"kind": "peer"}

    async def _side(self, stack: AsyncExitStack, first: dict[str, str]) -> ClientConnection:
        url = f"{self.site.url.replace('http', 'ws', 1)}/api/v1/relay/{self.session.id}"
        socket = await stack.enter_async_context(connect(url, proxy=None))
        await socket.send(json.dumps(first))
        return socket

    def due_at(self) -> datetime | None:
        return self.site.do(self.site.sessions.read(self.site.caller, self.session.id)).due_at

    def wait_until_later_than(self, earlier: datetime) -> None:
        """Return once the session's deadline is later than *earlier*."""
        sessions, caller = self.site.sessions, self.site.caller

        async def holds() -> bool:
            due_at = (await sessions.read(caller, self.session.id)).due_at
            return due_at is not None and due_at > earlier

        self.site.until(holds)


@pytest.fixture
async def pair(tmp_path: Path) -> AsyncIterator[Pair]:
    with open_site(tmp_path) as site:
        limits = ChangeGroup(settings={"idle_minutes": 1})
        site.do(site.parts.groups.change(site.caller, site.caller.group_id, limits))
        session = site.create()
        parts = link_parts(site, session)
        token = site.do(
            site.parts.helping.join_with_applet(parts.code, parts.key, DevicePlatform.LINUX)
        )
        assert token is not None
        site.start(session)
        async with AsyncExitStack() as stack:
            made = Pair(site, session)
            await made.open(stack, token)
            yield made


@pytest.mark.parametrize("sender", ["console", "applet"])
async def test_bytes_from_either_side_move_the_deadline(pair: Pair, sender: str) -> None:
    before = pair.due_at()
    assert before is not None
    pair.site.clock.ahead = AHEAD
    sides = [pair.console, pair.applet]
    if sender == "applet":
        sides.reverse()
    await sides[0].send(b"a step of the mouse")
    assert await sides[1].recv() == b"a step of the mouse"
    await asyncio.to_thread(pair.wait_until_later_than, before)


async def test_bytes_that_reach_nobody_do_not_move_the_deadline(pair: Pair) -> None:
    before = pair.due_at()
    pair.site.clock.ahead = AHEAD
    await pair.applet.close()
    assert json.loads(await pair.console.recv()) == {"kind": "alone"}
    await pair.console.send(b"into the void")
    # Closing waits for the server, which by then has handled the bytes sent before.
    await pair.console.close()
    assert pair.due_at() == before
