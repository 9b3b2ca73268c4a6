"""A real server, the network to it, and the console of somebody signed in."""

from collections.abc import Callable, Iterator
from itertools import repeat

import pytest
import qasync
from pytestqt.qtbot import QtBot

from rescue_console.client.account import Account
from rescue_console.desktop.console import Console
from rescue_console.desktop.program.settings import Settings
from rescue_console.desktop.sounds import Sounds
from rescue_console.protocol.statuses import SessionStatus, is_over
from tests.stage.networks.wire import Wire
from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import RealServer
from tests.stage.technicians.fixtures import Finish, finish
from tests.stage.technicians.signed_in import (
    SECOND_EMAIL,
    SECOND_NAME,
    SECOND_PASSWORD,
    sign_in,
)
from tests.stage.until import WAIT_MS

__all__ = ["finish"]


@pytest.fixture(scope="session")
@starts_programs
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """A real server with an owner and a technician in the owner's group."""
    with RealServer(tmp_path_factory.mktemp("server") / "data") as server:
        group = server.owner.get("/me").json()["group"]["id"]
        made = server.owner.post(
            "/technicians",
            json={
                "email": SECOND_EMAIL,
                "name": SECOND_NAME,
                "password": SECOND_PASSWORD,
                "group_id": group,
            },
        )
        assert made.status_code == 201, made.text
        yield server


@pytest.fixture(autouse=True)
def _no_session_left_over(server: RealServer) -> Iterator[None]:
    """Close what a test has left open, so that each begins with an empty list."""
    yield
    for session in server.owner.get("/sessions?limit=1000").json()["items"]:
        if not is_over(SessionStatus(session["status"])):
            server.owner.post(f"/sessions/{session['id']}/close")


@pytest.fixture
def wire(server: RealServer) -> Iterator[Wire]:
    """The network to the server."""
    with Wire(int(server.url.rpartition(":")[2])) as wire:
        yield wire


@pytest.fixture
def open_console(
    qt_loop: qasync.QEventLoop, qtbot: QtBot, settings: Settings, finish: Finish
) -> Iterator[Callable[[Account], Console]]:
    """Opens consoles and closes them at the end; a fault in one fails the test."""
    opened: list[Console] = []
    faults: list[object] = []

    def open_one(account: Account) -> Console:
        stream = account.events()
        stream._new_pauses = lambda: repeat(0.05)
        stream._pauses = repeat(0.05)
        stream._looks = lambda: repeat(0.2)
        account.events = lambda: stream  # type: ignore[method-assign]  # the same, but hasty
        console = Console(account, settings, Sounds(settings))
        console.failed.connect(faults.append)
        opened.append(console)
        console.start()
        qtbot.waitUntil(lambda: console.connection.complete, timeout=WAIT_MS)
        return console

    yield open_one
    for console in reversed(opened):
        finish(console.aclose())
    assert not faults


@pytest.fixture
def console(open_console: Callable[[Account], Console], wire: Wire) -> Console:
    """The owner's console, once it has read the session list."""
    return open_console(sign_in(wire))
