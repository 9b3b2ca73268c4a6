import socket
import sys
from asyncio.subprocess import Process
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
import qasync
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rescue_console.desktop.entrance import local_server
from rescue_console.desktop.entrance.local_server import (
    OWNER,
    LocalServer,
    LocalServerFailed,
    Running,
    ServerState,
)
from rescue_console.desktop.program.jobs import Jobs
from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import Asker
from tests.stage.technicians.fixtures import Finish
from tests.stage.until import WAIT_MS


@pytest.fixture
def jobs(qapp: QApplication) -> Jobs:
    return Jobs()


@pytest.fixture
@starts_programs
def local(
    qt_loop: qasync.QEventLoop, tmp_path: Path, jobs: Jobs, finish: Finish
) -> Iterator[LocalServer]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    local = LocalServer(tmp_path / "server", jobs, port)
    yield local
    finish(local.stop())
    finish(jobs.aclose())


@pytest.fixture
def running(local: LocalServer, finish: Finish) -> Running:
    found: list[Running] = []

    async def start() -> None:
        found.append(await local.start())

    finish(start())
    return found[0]


def test_it_starts_lets_its_owner_in_and_stops(
    local: LocalServer, running: Running, finish: Finish
) -> None:
    assert running.port == local._port
    with Asker(f"{running.url}/api/v1") as asker:
        words = {"email": OWNER, "password": running.password}
        assert asker.post("/auth/token", json=words).status_code == 200
    assert local._process is not None
    child = psutil.Process(local._process.pid)
    finish(local.stop())
    assert not child.is_running()


def test_a_port_that_is_taken_is_no_obstacle(
    running: Running, tmp_path: Path, jobs: Jobs, finish: Finish
) -> None:
    second = LocalServer(tmp_path / "second", jobs, running.port)
    found: list[Running] = []

    async def run() -> None:
        found.append(await second.start())
        await second.stop()

    finish(run())
    assert found[0].port not in (0, running.port)


def test_a_data_folder_in_use_is_reported_in_the_servers_words(
    running: Running, local: LocalServer, jobs: Jobs, finish: Finish
) -> None:
    async def run() -> None:
        with pytest.raises(LocalServerFailed, match="already works with the data folder"):
            await LocalServer(local._folder, jobs).start()

    finish(run())


def test_a_folder_that_cannot_be_created_is_reported(
    qtbot: QtBot, tmp_path: Path, jobs: Jobs, finish: Finish
) -> None:
    blocked = tmp_path / "a file"
    blocked.touch()

    async def run() -> None:
        with pytest.raises(LocalServerFailed, match="a file"):
            await LocalServer(blocked / "server", jobs).start()

    finish(run())


def kill(local: LocalServer, qtbot: QtBot) -> None:
    """Kill the server as the system does when memory runs out; return once that is noticed."""
    assert local._process is not None
    with qtbot.waitSignal(local.state_changed, timeout=WAIT_MS):
        local._process.kill()


def wait_until(local: LocalServer, state: ServerState, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: local.state is state, timeout=WAIT_MS)


def signed_in(running: Running) -> Asker:
    api = f"{running.url}/api/v1"
    with Asker(api) as stranger:
        words = {"email": OWNER, "password": running.password}
        return Asker(api, stranger.post("/auth/token", json=words).json()["access_token"])


def test_a_server_that_is_killed_comes_back_and_knows_who_is_signed_in(
    local: LocalServer, running: Running, qtbot: QtBot
) -> None:
    with signed_in(running) as owner:
        kill(local, qtbot)
        assert local.state is ServerState.AWAY
        wait_until(local, ServerState.RUNNING, qtbot)

        assert owner.get("/me").json()["email"] == OWNER


def test_a_server_that_could_not_be_given_its_socket_is_started_once_more(
    local: LocalServer, running: Running, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = local._wait_until_ready
    refusals = [OSError(10_022, "An invalid argument was supplied")]

    async def wait_until_ready(process: Process, listener: socket.socket) -> None:
        if refusals:
            # What Windows answers for a process that has just ended.
            raise refusals.pop()
        await usual(process, listener)

    monkeypatch.setattr(local, "_wait_until_ready", wait_until_ready)
    kill(local, qtbot)
    wait_until(local, ServerState.RUNNING, qtbot)
    assert not refusals
    with signed_in(running) as owner:
        assert owner.get("/me").json()["email"] == OWNER


def test_a_first_server_that_cannot_be_given_its_socket_is_reported(
    local: LocalServer, finish: Finish, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def wait_until_ready(process: Process, listener: socket.socket) -> None:
        raise OSError(10_022, "An invalid argument was supplied")

    monkeypatch.setattr(local, "_wait_until_ready", wait_until_ready)

    async def run() -> None:
        with pytest.raises(LocalServerFailed, match="invalid argument"):
            await local.start()

    finish(run())


def attempts(port: int) -> Iterator[socket.socket]:
    """Open *port* in every way that another program has; yield the sockets that got it."""
    options = [(), (socket.SO_REUSEADDR,)]
    if sys.platform != "win32":
        options.append((socket.SO_REUSEADDR, socket.SO_REUSEPORT))
    for chosen in options:
        for family, address in (
            (socket.AF_INET, "127.0.0.1"),
            (socket.AF_INET, "0.0.0.0"),
            (socket.AF_INET6, "::"),
        ):
            with socket.socket(family) as thief, suppress(OSError):
                for option in chosen:
                    thief.setsockopt(socket.SOL_SOCKET, option, 1)
                if family == socket.AF_INET6:
                    thief.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
                thief.bind((address, port))
                thief.listen()
                yield thief


def test_no_other_program_gets_the_port_of_a_server_that_has_died(
    local: LocalServer, running: Running, qtbot: QtBot
) -> None:
    kill(local, qtbot)
    tries = 0

    def is_back() -> bool:
        nonlocal tries
        assert not list(attempts(running.port))
        tries += 1
        return local.state is ServerState.RUNNING

    qtbot.waitUntil(is_back, timeout=WAIT_MS)
    assert tries > 1


def test_what_is_sent_while_the_server_is_away_is_answered_by_the_next(
    local: LocalServer, running: Running, qtbot: QtBot
) -> None:
    kill(local, qtbot)
    with socket.create_connection(("127.0.0.1", running.port)) as early:
        early.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert local.state is ServerState.AWAY
        wait_until(local, ServerState.RUNNING, qtbot)
        assert early.recv(100).startswith(b"HTTP/1.1 200 ")


def test_a_server_that_keeps_ending_is_given_up_until_somebody_wants_it_again(
    local: LocalServer,
    running: Running,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(local_server, "DEATHS_MAX", 2)
    broken = tmp_path / "broken.py"
    broken.write_text("raise SystemExit('rescue-server: the disk is gone')", encoding="utf-8")
    program = local_server._program
    monkeypatch.setattr(local_server, "_program", lambda: [sys.executable, str(broken)])
    kill(local, qtbot)
    wait_until(local, ServerState.GIVEN_UP, qtbot)
    assert local.last_words == "the disk is gone"
    assert not list(attempts(running.port))

    monkeypatch.setattr(local_server, "_program", program)
    local.start_again()
    wait_until(local, ServerState.RUNNING, qtbot)
    with signed_in(running) as owner:
        assert owner.get("/me").ok


def test_a_server_that_is_stopped_while_it_is_away_stays_stopped(
    local: LocalServer, running: Running, qtbot: QtBot, finish: Finish
) -> None:
    kill(local, qtbot)
    finish(local.stop())
    assert local._process is None
    with socket.create_server(("127.0.0.1", running.port)):
        pass


def test_it_offers_the_applets_in_its_folder(tmp_path: Path, jobs: Jobs, finish: Finish) -> None:
    applets = tmp_path / "applets"
    applets.mkdir()
    (applets / "rescue-applet").write_bytes(b"applet")
    local = LocalServer(tmp_path / "server", jobs, applets=applets)
    offered: list[object] = []

    async def run() -> None:
        running = await local.start()
        with signed_in(running) as owner:
            offered.append(owner.get("/me").json()["server"]["applets"])
        await local.stop()

    finish(run())
    assert offered == [["linux"]]
