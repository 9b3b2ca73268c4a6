"""The program with ``--local``, whose server is killed while somebody works with it."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
import qasync
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rescue_console.desktop.app import App
from rescue_console.desktop.entrance import local_server
from rescue_console.desktop.entrance.local_server import ServerState
from rescue_console.desktop.link.connection import LinkState
from rescue_console.desktop.program.command_line import Options
from rescue_console.desktop.program.settings import Settings
from tests.stage.programs import starts_programs
from tests.stage.until import WAIT_MS


@pytest.fixture
@starts_programs
def app(
    qapp: QApplication,
    qt_loop: qasync.QEventLoop,
    qtbot: QtBot,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[App]:
    """The program, signed in to its embedded server."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    app = App(Options(local=True), settings)
    running = asyncio.ensure_future(app.run())
    qtbot.waitUntil(lambda: app.console is not None, timeout=WAIT_MS)
    yield app
    app.quit()
    qtbot.waitUntil(running.done, timeout=WAIT_MS)
    running.result()


def is_online(app: App) -> bool:
    assert app.console is not None
    return app.console.connection.state is LinkState.ONLINE and app.console.connection.complete


def kill(app: App) -> None:
    assert app._local is not None
    assert app._local._process is not None
    app._local._process.kill()


def test_the_console_says_that_its_server_is_away_and_goes_on_when_it_is_back(
    app: App, qtbot: QtBot
) -> None:
    assert app.console is not None
    banner = app.console.window.ui.banner
    qtbot.waitUntil(lambda: is_online(app), timeout=WAIT_MS)

    kill(app)
    qtbot.waitUntil(lambda: "is being started again" in banner.text, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: is_online(app) and banner.isHidden(), timeout=WAIT_MS)
    assert app.console.standing.online


def test_a_server_that_is_given_up_is_started_again_by_the_banners_button(
    app: App, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert app.console is not None
    assert app._local is not None
    local, banner = app._local, app.console.window.ui.banner
    qtbot.waitUntil(lambda: is_online(app), timeout=WAIT_MS)
    monkeypatch.setattr(local_server, "DEATHS_MAX", 1)

    kill(app)
    qtbot.waitUntil(lambda: "keeps ending" in banner.text, timeout=WAIT_MS)
    assert local.state is ServerState.GIVEN_UP
    banner.ui.button.click()
    qtbot.waitUntil(lambda: is_online(app) and banner.isHidden(), timeout=WAIT_MS)
