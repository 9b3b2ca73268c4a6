"""Restart and reconnect as a whole: console, real server, and the applet on its own screen."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import qasync
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from rescue_console.client.account import open_with_password
from rescue_console.desktop.actions.actions import SessionAction
from rescue_console.desktop.console import Console
from rescue_console.desktop.program.settings import Settings
from rescue_console.desktop.sounds.sounds import Sounds
from rescue_console.desktop.workspace.system.pane import SystemPane
from rescue_console.desktop.workspace.tab import WorkspaceTab
from rescue_console.network.server_address import read_address
from rescue_console.protocol.answers import Session
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.applets.desktop import Account
from tests.stage.applets.running import FROM_SOURCE, Person
from tests.stage.displays.virtual_display import virtual_display
from tests.stage.links import link_parts
from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import OWNER_EMAIL, OWNER_PASSWORD, RealServer
from tests.stage.until import turn_until

WAIT_MS = 60_000


@pytest.fixture
@starts_programs
def server(tmp_path: Path) -> Iterator[RealServer]:
    with RealServer(tmp_path / "data") as server:
        yield server


@pytest.fixture
def console(
    qt_loop: qasync.QEventLoop, server: RealServer, settings: Settings, qtbot: QtBot
) -> Iterator[Console]:
    settings.sound_on = False
    account = open_with_password(read_address(server.url), OWNER_EMAIL, OWNER_PASSWORD, None)
    console = Console(account, settings, Sounds(settings))
    console.start()
    yield console
    closing = qt_loop.create_task(console.aclose())
    qtbot.waitUntil(closing.done, timeout=WAIT_MS)


@pytest.fixture
@starts_programs
def account(tmp_path: Path) -> Iterator[Account]:
    with virtual_display() as screen:
        yield Account(screen, tmp_path / "account")


@contextmanager
def applet(account: Account, *command: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Run the customer's applet for as long as the block runs."""
    process = subprocess.Popen(command, env=account.environment, start_new_session=True)
    try:
        yield process
    finally:
        cut_off(process)


def cut_off(process: "subprocess.Popen[bytes]") -> None:
    """End an applet as a restart does."""
    if sys.platform == "win32":
        raise NotImplementedError
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class Desk:
    """The technician's workspace and the customer's screen."""

    def __init__(self, console: Console, session_id: str, account: Account, qtbot: QtBot) -> None:
        self._console = console
        self._session_id = session_id
        self._qtbot = qtbot
        self.account = account
        self.person = Person(account.environment)

    def until(self, holds: Callable[[], bool]) -> None:
        turn_until(self._qtbot, holds, within_s=WAIT_MS / 1000)

    @property
    def session(self) -> Session:
        session = self._console.model.session(self._session_id)
        assert session is not None
        return session

    @property
    def tab(self) -> WorkspaceTab:
        tab = self._console.tabs.tab(self._session_id)
        assert tab is not None
        return tab

    @property
    def pane(self) -> SystemPane:
        [pane] = [pane for pane in self.tab.panes if isinstance(pane, SystemPane)]
        return pane

    def message(self) -> str:
        return self.pane.ui.restartMessage.text()

    def start(self) -> None:
        """Start the session that the applet has joined, and have the restart granted."""
        self.until(lambda: self._console.model.session(self._session_id) is not None)
        self.until(lambda: self.session.status is SessionStatus.WAITING)
        self._console.commands.do(SessionAction.START, self.session)
        self.until(lambda: self._console.tabs.tab(self._session_id) is not None)
        self.until(lambda: self.session.applet)
        self.until(lambda: self.person.height_of_applet() > 300)
        before = self.person.height_of_applet()
        self.tab.ui.consentBar.chips[Power.REBOOT].ui.askButton.click()
        self.until(lambda: self.person.height_of_applet() > before)
        self.person.allow()
        self.until(lambda: self.session.consents.get(Power.REBOOT) is Consent.GRANTED)

    def restart(self) -> None:
        """Press the button and confirm; return once the customer sees the countdown."""
        self.until(self.pane.ui.restartButton.isEnabled)
        before = self.person.height_of_applet()
        self.pane.ui.restartButton.click()
        self.until(lambda: self.pane.findChild(QMessageBox) is not None)
        box = self.pane.findChild(QMessageBox)
        assert isinstance(box, QMessageBox)
        [button] = [button for button in box.buttons() if button.text() == "Restart"]
        button.click()
        self.until(lambda: self.person.height_of_applet() < before)
        self.until(lambda: "is restarting" in self.message())


@pytest.fixture
def desk(
    console: Console, server: RealServer, account: Account, qtbot: QtBot
) -> Iterator[tuple[Desk, "subprocess.Popen[bytes]"]]:
    made = server.owner.create_session(name="Jean Dupont")
    link = link_parts(made["link"])
    words = ("--server", server.url, "--code", link.code, "--key", link.key)
    with applet(account, *FROM_SOURCE, *words) as process:
        desk = Desk(console, made["id"], account, qtbot)
        desk.person.join()
        desk.start()
        yield desk, process


def test_after_a_restart_the_technician_goes_on_in_the_same_workspace(
    desk: tuple[Desk, "subprocess.Popen[bytes]"],
) -> None:
    at, process = desk
    at.restart()
    tab = at.tab
    at.person.press_in_applet("shift+Tab", "Return")
    at.until(lambda: bool(at.account.restarts))
    cut_off(process)
    at.until(lambda: not at.session.applet)
    assert at.session.status is SessionStatus.REBOOTING

    with applet(at.account, *at.account.command()):
        at.until(lambda: at.session.status is SessionStatus.ACTIVE)
        at.until(lambda: at.session.applet)
        assert at.tab is tab
        at.until(lambda: at.message() == "")
        assert at.session.consents == {}
        assert at.pane.ui.restartButton.toolTip() == "Ask the customer for “Restart” first."


def test_the_technician_reads_that_the_customer_has_cancelled(
    desk: tuple[Desk, "subprocess.Popen[bytes]"],
) -> None:
    at, _ = desk
    at.restart()
    at.person.press_in_applet("Return")
    at.until(lambda: at.session.status is SessionStatus.ACTIVE)
    at.until(lambda: at.message() == "The customer cancelled the restart.")
    assert at.account.restarts == []


def test_giving_up_the_power_calls_off_the_restart(
    desk: tuple[Desk, "subprocess.Popen[bytes]"],
) -> None:
    at, _ = desk
    before = at.person.height_of_applet()
    at.restart()
    at.tab.ui.consentBar.chips[Power.REBOOT].ui.askButton.click()
    at.until(lambda: at.session.status is SessionStatus.ACTIVE)
    at.until(lambda: at.person.height_of_applet() >= before - 60)
    assert at.message() == ""
    assert at.account.restarts == []
