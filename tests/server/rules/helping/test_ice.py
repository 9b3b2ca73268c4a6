"""Who is given TURN credentials, when, and for how long."""

import pytest

from rescue_console.protocol.answers import IceServers, Session
from rescue_console.server.rules.helping.ice import (
    IceSettings,
    servers_for_customer,
    servers_for_technician,
)
from tests.stage.rules.workplace import Workplace

SETTINGS = IceSettings(
    stun_urls=("stun:help.example",), turn_urls=("turn:help.example",), turn_secret="secret"
)
MINUTES = 15 * 60


async def for_customer(work: Workplace, token: str) -> IceServers:
    customer = await work.parts.customers.by_token(token)
    assert customer is not None
    return servers_for_customer(SETTINGS, customer, work.clock())


async def for_technician(work: Workplace, session: Session, who: str) -> IceServers:
    caller = await work.caller(who)
    read = await work.parts.sessions.read(caller, session.id)
    return servers_for_technician(SETTINGS, caller, read, work.clock())


def urls(servers: IceServers) -> list[str]:
    return [url for server in servers.items for url in server.urls]


WITH_TURN = ["stun:help.example", "turn:help.example"]
WITHOUT = ["stun:help.example"]


async def test_both_sides_of_an_active_session_are_given_turn(work: Workplace) -> None:
    session, token = await work.active("nora")
    assert urls(await for_customer(work, token)) == WITH_TURN
    assert urls(await for_technician(work, session, "nora")) == WITH_TURN
    assert urls(await for_technician(work, session, "olivia")) == WITH_TURN, "an administrator"


async def test_credentials_are_good_for_minutes(work: Workplace) -> None:
    session, token = await work.active("nora")
    now = work.clock().timestamp()
    for servers in (
        await for_customer(work, token),
        await for_technician(work, session, "nora"),
    ):
        until = int((servers.items[1].username or "").partition(":")[0])
        assert 60 < until - now <= MINUTES
        assert servers.expires_in <= MINUTES


async def test_nobody_is_given_turn_before_help_begins(work: Workplace) -> None:
    session, token = await work.waiting("nora")
    assert urls(await for_customer(work, token)) == WITHOUT
    assert urls(await for_technician(work, session, "nora")) == WITHOUT


@pytest.mark.parametrize("ends", ["hold", "close"])
async def test_nobody_is_given_turn_when_help_has_ended(work: Workplace, ends: str) -> None:
    session, token = await work.active("nora")
    caller = await work.caller("nora")
    await getattr(work.parts.sessions, ends)(caller, session.id)
    assert urls(await for_customer(work, token)) == WITHOUT
    assert urls(await for_technician(work, session, "nora")) == WITHOUT


async def test_a_colleague_who_only_sees_the_session_is_not_given_turn(work: Workplace) -> None:
    session, _ = await work.active("nils")
    assert urls(await for_technician(work, session, "nora")) == WITHOUT
