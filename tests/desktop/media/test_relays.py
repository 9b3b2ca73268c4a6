"""However the question to a TURN server ends, nothing of it stays open."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from rescue_console.desktop.media import relays
from rescue_console.desktop.media.relays import RelayState, find_ways
from tests.stage.servers.certificates import Certificates, make_certificates
from tests.stage.servers.turn import Turn, running_turn

A_MOMENT_S = 0.05


@pytest.fixture
def certificates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Certificates:
    made = make_certificates(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.authority))
    return made


@pytest.fixture(params=["udp", "tcp", "tls"])
async def turn(request: pytest.FixtureRequest, certificates: Certificates) -> AsyncIterator[Turn]:
    tls = certificates.server if request.param == "tls" else None
    async with running_turn(request.param, tls) as made:
        yield made


async def test_a_server_that_can_be_used_is_left_at_once(turn: Turn) -> None:
    ways = await find_ways([turn.server])
    assert ways.relay is RelayState.READY
    assert turn.leaving.is_set()
    assert not turn.reached_by()


async def test_a_server_that_does_not_take_its_place_back_is_left(
    turn: Turn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relays, "_CLOSE_WITHIN_S", A_MOMENT_S)
    turn.takes_back.clear()
    ways = await find_ways([turn.server])
    assert ways.relay is RelayState.READY
    assert not turn.reached_by()


async def test_a_server_that_does_not_answer_is_left(
    turn: Turn, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn.gives.clear()
    asking = asyncio.create_task(find_ways([turn.server]))
    await turn.asked.wait()
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    assert not turn.reached_by()


async def test_who_asks_no_longer_leaves_a_server_that_does_not_take_its_place_back(
    turn: Turn,
) -> None:
    turn.takes_back.clear()
    asking = asyncio.create_task(find_ways([turn.server]))
    await turn.leaving.wait()
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    assert not turn.reached_by()


async def test_a_server_that_refuses_is_left(turn: Turn) -> None:
    turn.refuses = True
    ways = await find_ways([turn.server])
    assert ways.relay is RelayState.REFUSED
    assert not turn.reached_by()


async def test_the_slower_server_is_left_when_another_can_be_used(turn: Turn) -> None:
    turn.gives.clear()
    async with running_turn("udp") as ready:
        ways = await find_ways([ready.server, turn.server])
    assert ways.servers == [ready.server]
    assert not turn.reached_by()


async def test_a_server_that_does_not_speak_tls_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relays, "RELAY_WITHIN_S", A_MOMENT_S)
    async with running_turn("tcp") as turn:
        turn.transport = "tls"
        ways = await find_ways([turn.server])
        assert ways.relay is RelayState.SILENT
        assert not turn.reached_by()
