"""A technician who may no longer help in a session is disconnected from its relay at once."""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from rescue_console.protocol.answers import Session
from rescue_console.protocol.choices import ConnectionMethod, DevicePlatform
from rescue_console.protocol.events import CLOSE_TOKEN_REFUSED
from rescue_console.protocol.requests import CreateSession, CreateTechnician, TransferSession
from rescue_console.server.rules.access.caller import Caller
from tests.stage.customers.site import PASSWORD, Site, link_parts, open_site

ADDRESS = "ben@example.com"


@dataclass
class Helped:
    """Ben's session, and both sides of its relay."""

    site: Site
    ben: Caller
    session: Session
    console: ClientConnection
    applet: ClientConnection

    async def check_disconnected(self) -> None:
        """Check that the server closes the console's side, and tells the applet."""
        with pytest.raises(ConnectionClosed) as closed:
            await self.console.recv()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == CLOSE_TOKEN_REFUSED
        assert json.loads(await self.applet.recv()) == {"kind": "alone"}


async def side(
    stack: AsyncExitStack, site: Site, session: Session, **first: str
) -> ClientConnection:
    url = f"{site.url.replace('http', 'ws', 1)}/api/v1/relay/{session.id}"
    socket = await stack.enter_async_context(connect(url, proxy=None))
    await socket.send(json.dumps(first))
    return socket


@pytest.fixture
async def helped(tmp_path: Path) -> AsyncIterator[Helped]:
    with open_site(tmp_path) as site:
        request = CreateTechnician(
            email=ADDRESS, name="Ben", password=PASSWORD, group_id=site.caller.group_id
        )
        parts = site.parts
        site.do(parts.technicians.create(site.caller, request))
        tokens = site.do(parts.sign_ins.sign_in(ADDRESS, PASSWORD, "127.0.0.1"))
        ben, _ = site.do(parts.sign_ins.caller(tokens.access_token))
        wanted = CreateSession(method=ConnectionMethod.LINK)
        session = site.do(parts.sessions.create(ben, wanted))
        link = link_parts(site, session)
        joining = parts.helping.join_with_applet(link.code, link.key, DevicePlatform.LINUX)
        applet_token = site.do(joining)
        assert applet_token is not None
        site.do(parts.sessions.start(ben, session.id))
        async with AsyncExitStack() as stack:
            console = await side(stack, site, session, access_token=tokens.access_token)
            assert json.loads(await console.recv()) == {"kind": "alone"}
            applet = await side(stack, site, session, applet_token=applet_token)
            for each in (console, applet):
                assert json.loads(await each.recv()) == {"kind": "peer"}
            yield Helped(site, ben, session, console, applet)


async def test_a_disabled_technician_is_disconnected(helped: Helped) -> None:
    site = helped.site
    site.do(site.parts.technicians.disable(site.caller, helped.ben.technician_id))
    await helped.check_disconnected()


async def test_a_technician_who_no_longer_has_the_session_is_disconnected(helped: Helped) -> None:
    site = helped.site
    to = TransferSession(group_id=site.caller.group_id)
    site.do(site.parts.sessions.transfer(helped.ben, helped.session.id, to))
    site.start(helped.session)
    await helped.check_disconnected()


async def test_a_technician_signed_out_everywhere_is_disconnected(helped: Helped) -> None:
    site = helped.site
    other = site.do(site.parts.sign_ins.sign_in(ADDRESS, PASSWORD, "127.0.0.1"))
    elsewhere, _ = site.do(site.parts.sign_ins.caller(other.access_token))
    new = "nine quiet lanterns drifting"
    changing = site.parts.sign_ins.change_password(elsewhere, PASSWORD, new, "127.0.0.1")
    site.do(changing)
    await helped.check_disconnected()
