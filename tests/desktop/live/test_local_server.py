import socket
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import qasync
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rescue_console.desktop.entrance.local_server import (
    OWNER,
    LocalServer,
    LocalServerFailed,
    Running,
)
from rescue_console.desktop.program.jobs import Jobs
from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import Asker
from tests.stage.technicians.fixtures import Finish


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
