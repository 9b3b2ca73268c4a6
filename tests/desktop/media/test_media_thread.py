"""When the thread ends, nothing that its libraries have opened stays open."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aioice.turn import create_turn_endpoint

from rescue_console.desktop.media.media_thread import MediaThread
from tests.stage.servers.certificates import make_certificates
from tests.stage.servers.turn import HOST, Turn, running_turn


@pytest.fixture(params=["udp", "tcp", "tls"])
async def turn(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Turn]:
    certificates = make_certificates(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    tls = certificates.server if request.param == "tls" else None
    async with running_turn(request.param, tls) as made:
        yield made


async def reach(turn: Turn) -> None:
    """Get a place there, and begin to leave it."""
    transport, _ = await create_turn_endpoint(
        asyncio.DatagramProtocol,
        (HOST, turn.port),
        username="somebody",
        password="secret",
        ssl=turn.transport == "tls" or None,
        transport="udp" if turn.transport == "udp" else "tcp",
    )
    transport.close()


async def test_a_server_that_does_not_take_its_place_back_is_left(turn: Turn) -> None:
    turn.takes_back.clear()
    thread = MediaThread()
    await thread.run(reach(turn))
    await turn.leaving.wait()
    assert turn.reached_by() == 1
    await thread.stop()
    assert not turn.reached_by()


async def test_a_server_that_does_not_answer_is_left(turn: Turn) -> None:
    turn.gives.clear()
    thread = MediaThread()
    thread.start(reach(turn))
    await turn.asked.wait()
    assert turn.reached_by() == 1
    await thread.stop()
    assert not turn.reached_by()
