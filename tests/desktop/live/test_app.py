import asyncio
from collections.abc import Iterator

import psutil
import pytest
import qasync
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rescue_console.desktop.app import App
from rescue_console.desktop.console import Console
from rescue_console.desktop.entrance.sign_in import SignInWindow
from rescue_console.desktop.program.command_line import Options
from rescue_console.desktop.program.settings import Settings
from tests.stage.servers.rescue_server import OWNER_EMAIL, OWNER_PASSWORD, RealServer
from tests.stage.until import WAIT_MS


@pytest.fixture
def app(
    qapp: QApplication,
    qt_loop: qasync.QEventLoop,
    qtbot: QtBot,
    settings: Settings,
    server: RealServer,
) -> Iterator[App]:
    """The program, showing its sign-in window."""
    app = App(Options(server=server.url), settings)
    running = asyncio.ensure_future(app.run())
    qtbot.waitUntil(lambda: app.entrance is not None, timeout=WAIT_MS)
    yield app
    app.quit()
    qtbot.waitUntil(running.done, timeout=WAIT_MS)
    running.result()


def sign_in(app: App, qtbot: QtBot) -> Console:
    window = app.entrance
    assert isinstance(window, SignInWindow)
    window.ui.emailEdit.setText(OWNER_EMAIL)
    window.ui.passwordEdit.setText(OWNER_PASSWORD)
    window.ui.signInButton.click()
    qtbot.waitUntil(lambda: app.console is not None, timeout=WAIT_MS)
    assert app.console is not None
    console = app.console
    qtbot.waitUntil(lambda: console.connection.complete, timeout=WAIT_MS)
    return console


def test_signing_in_replaces_the_entrance_by_the_console(app: App, qtbot: QtBot) -> None:
    console = sign_in(app, qtbot)
    assert app.entrance is None
    assert console.window.isVisible()


def test_signing_out_leads_back_to_the_entrance(app: App, qtbot: QtBot) -> None:
    console = sign_in(app, qtbot)
    console.window.ui.signOutAction.trigger()
    qtbot.waitUntil(lambda: app.entrance is not None, timeout=WAIT_MS)
    assert app.console is None
    assert isinstance(app.entrance, SignInWindow)
    assert app.entrance.ui.message.text() == "You are signed out."


def test_a_revoked_sign_in_leads_back_to_the_entrance_with_the_reason(
    app: App, qtbot: QtBot
) -> None:
    console = sign_in(app, qtbot)
    console._account._tokens._refresh = "revoked"
    console._account._tokens._access = "revoked"
    console.connection.refresh_me()
    qtbot.waitUntil(lambda: app.entrance is not None, timeout=WAIT_MS)
    assert isinstance(app.entrance, SignInWindow)
    assert "sign-in has ended" in app.entrance.ui.message.text()
    assert app.entrance.ui.emailEdit.text() == OWNER_EMAIL


def test_closing_the_entrance_ends_the_program(app: App, qtbot: QtBot) -> None:
    assert app.entrance is not None
    app.entrance.close()
    qtbot.waitUntil(app._over.is_set, timeout=WAIT_MS)


def test_the_embedded_server_is_started_signed_in_to_and_stopped(
    qapp: QApplication, qt_loop: qasync.QEventLoop, qtbot: QtBot, settings: Settings
) -> None:
    app = App(Options(local=True), settings)
    running = asyncio.ensure_future(app.run())
    qtbot.waitUntil(lambda: app.console is not None, timeout=2 * WAIT_MS)
    assert app._local is not None
    assert app._local._process is not None
    child = psutil.Process(app._local._process.pid)
    assert settings.local_port
    app.quit()
    qtbot.waitUntil(running.done, timeout=WAIT_MS)
    running.result()
    assert not child.is_running()
