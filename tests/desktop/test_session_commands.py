"""Actions on a session: what is going on in it is broken off only when that is meant."""

from collections.abc import Callable

import pytest
import qasync
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from rescue_console.desktop.session_actions import SessionAction
from rescue_console.desktop.session_commands import SessionCommands
from rescue_console.protocol.answers import Session
from rescue_console.protocol.statuses import SessionStatus
from tests.desktop.fake_calls import FakeCalls
from tests.desktop.sessions import ALICE, make_session

WAIT_MS = 20_000
SESSION = make_session(1, SessionStatus.ACTIVE, technician=ALICE)
BREAKING_OFF = [SessionAction.HOLD, SessionAction.TRANSFER]

Make = Callable[[bool], SessionCommands]


@pytest.fixture
def make(qt_loop: qasync.QEventLoop, calls: FakeCalls, qtbot: QtBot) -> Make:
    window = QWidget()
    qtbot.addWidget(window)
    calls.sessions["k"] = SESSION

    async def may_close(session: Session) -> bool:
        return True

    def make(may: bool) -> SessionCommands:
        async def may_break_off(action: SessionAction, session: Session) -> bool:
            return may

        return SessionCommands(calls, window, may_close, may_break_off)

    return make


def told_by(commands: SessionCommands, action: SessionAction, qtbot: QtBot) -> list[str]:
    told: list[str] = []
    commands.changed.connect(lambda _: told.append("changed"))
    commands.transfer_requested.connect(lambda _: told.append("transfer"))
    commands.do(action, SESSION)
    qtbot.waitUntil(lambda: not commands.jobs.running, timeout=WAIT_MS)
    return told


@pytest.mark.parametrize("action", BREAKING_OFF)
def test_what_is_not_meant_is_not_done(make: Make, action: SessionAction, qtbot: QtBot) -> None:
    assert told_by(make(False), action, qtbot) == []


def test_what_is_meant_is_done(make: Make, qtbot: QtBot) -> None:
    assert told_by(make(True), SessionAction.TRANSFER, qtbot) == ["transfer"]
    assert told_by(make(True), SessionAction.HOLD, qtbot) == ["changed"]
