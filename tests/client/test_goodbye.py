"""What the server takes for a console that was closed: its seats become free at once."""

import asyncio
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path

import pytest

from rescue_console.client.account import Account, open_with_password
from rescue_console.client.events import EventStream, Offline
from rescue_console.network.errors import Unreachable, Why
from rescue_console.network.server_address import read_address
from rescue_console.protocol.answers import Session
from rescue_console.protocol.events import Hello
from rescue_console.protocol.requests import TakeSeat
from rescue_console.server.routes.events import ConsoleStream
from tests.stage.customers.site import PASSWORD, Site, open_site
from tests.stage.technicians.happenings import next_of
from tests.stage.until import until


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with open_site(tmp_path) as site:
        yield site


@pytest.fixture
def account(site: Site) -> Iterator[Account]:
    account = open_with_password(read_address(site.url), "marie@example.com", PASSWORD, None)
    yield account
    account.close()


@pytest.fixture
def helped(site: Site, account: Account) -> Session:
    """A session in which this console has the seat."""
    session = site.create()
    site.join(session)
    account.api.start(session.id)
    seated = account.api.take_seat(session.id, TakeSeat())
    assert seated.seat is not None
    return seated


@pytest.fixture
def stream(account: Account) -> EventStream:
    return account.events()


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[ConsoleStream]:
    """The connections that the server is quite done with."""
    ended = list[ConsoleStream]()
    usual = ConsoleStream.run

    async def run(self: ConsoleStream) -> None:
        await usual(self)
        ended.append(self)

    monkeypatch.setattr(ConsoleStream, "run", run)
    return ended


def has_seat(site: Site, session: Session) -> bool:
    return site.do(site.sessions.read(site.caller, session.id)).seat == session.seat


async def test_a_websocket_that_is_only_tried_says_no_goodbye(
    site: Site, helped: Session, stream: EventStream, ended: list[ConsoleStream]
) -> None:
    assert await stream._gets_through()
    await until(lambda: ended)
    assert has_seat(site, helped)


async def test_a_connection_that_ends_for_want_of_a_token_says_no_goodbye(
    site: Site, helped: Session, stream: EventStream, ended: list[ConsoleStream]
) -> None:
    async with aclosing(stream.follow()) as follow:
        await next_of(follow, Hello)

        async def access_token(refused: str | None) -> str:
            raise Unreachable(Why.LOST)

        stream._access_token, stream._seconds_left = access_token, lambda: 0.0
        await next_of(follow, Offline)
        await until(lambda: ended)
    assert has_seat(site, helped)


@pytest.mark.parametrize("cancelled", [True, False])
async def test_a_console_that_is_closed_says_goodbye(
    cancelled: bool, site: Site, helped: Session, stream: EventStream, ended: list[ConsoleStream]
) -> None:
    async with aclosing(stream.follow()) as follow:
        await next_of(follow, Hello)
        if cancelled:
            waiting = asyncio.ensure_future(anext(follow))
            await asyncio.sleep(0)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
    await until(lambda: ended)
    assert not has_seat(site, helped)
