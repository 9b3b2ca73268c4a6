"""Actions on a session break off what is running in it only after confirmation."""

from collections.abc import Callable

import pytest
import qasync
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from rescue_console.desktop.actions.actions import SessionAction
from rescue_console.desktop.actions.commands import SessionCommands
from rescue_console.desktop.look.ask import ask
from rescue_console.network.errors import Unreachable, Why
from rescue_console.protocol.answers import Session
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.technicians.fake_calls import FakeCalls
from tests.stage.technicians.sessions import ALICE, make_session

WAIT_MS = 20_000
SESSION = make_session(1, SessionStatus.ACTIVE, technician=ALICE)
OTHER = make_session(2, SessionStatus.ACTIVE, technician=ALICE)
BREAKING_OFF = [SessionAction.HOLD, SessionAction.TRANSFER]

Make = Callable[[bool], SessionCommands]


@pytest.fixture
def make(qt_loop: qasync.QEventLoop, calls: FakeCalls, qtbot: QtBot) -> Make:
    window = QWidget()
    qtbot.addWidget(window)
    calls.sessions["k"] = SESSION

    async def may_close(session: Session, above: QWidget) -> bool:
        return await ask(above, "Close", "Really?", "Close")

    def make(may: bool) -> SessionCommands:
        async def may_break_off(action: SessionAction, session: Session, above: QWidget) -> bool:
            return may

        return SessionCommands(calls, window, may_close, may_break_off)

    return make


def signals_of(commands: SessionCommands, action: SessionAction, qtbot: QtBot) -> list[str]:
    emitted: list[str] = []
    commands.changed.connect(lambda _: emitted.append("changed"))
    commands.transfer_requested.connect(lambda _: emitted.append("transfer"))
    commands.do(action, SESSION)
    qtbot.waitUntil(lambda: not commands.jobs.running, timeout=WAIT_MS)
    return emitted


@pytest.mark.parametrize("action", BREAKING_OFF)
def test_an_action_without_confirmation_is_not_done(
    make: Make, action: SessionAction, qtbot: QtBot
) -> None:
    assert signals_of(make(False), action, qtbot) == []


def test_a_confirmed_action_is_done(make: Make, qtbot: QtBot) -> None:
    assert signals_of(make(True), SessionAction.TRANSFER, qtbot) == ["transfer"]
    assert signals_of(make(True), SessionAction.HOLD, qtbot) == ["changed"]


@pytest.mark.qt_log_ignore("does not support raise")
def test_a_question_opens_above_its_window_and_comes_forward_on_another_press(
    make: Make, qtbot: QtBot
) -> None:
    commands, own, other = make(True), QWidget(), QWidget()
    for window in (own, other):
        qtbot.addWidget(window)
        window.show()
    commands.do(SessionAction.CLOSE, SESSION, own)
    qtbot.waitUntil(lambda: bool(own.findChildren(QMessageBox)), timeout=WAIT_MS)
    [box] = own.findChildren(QMessageBox)
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow, timeout=WAIT_MS)
    commands.do(SessionAction.HOLD, SESSION)
    qtbot.waitUntil(box.isActiveWindow, timeout=WAIT_MS)
    box.close()
    qtbot.waitUntil(lambda: not commands.jobs.running, timeout=WAIT_MS)


def test_a_refusal_is_withdrawn_once_an_action_on_the_same_session_works(
    make: Make, calls: FakeCalls, qtbot: QtBot
) -> None:
    commands = make(True)
    emitted: list[tuple[str, str, str]] = []
    commands.refused.connect(lambda *words: emitted.append(("refused", *words)))
    commands.mended.connect(lambda *words: emitted.append(("mended", *words)))
    calls.sessions["other"] = OTHER
    calls.fail("hold", Unreachable(Why.LOST))
    for session in (SESSION, OTHER, SESSION, SESSION):
        commands.do(SessionAction.HOLD, session)
        qtbot.waitUntil(lambda: not commands.jobs.running, timeout=WAIT_MS)
    assert [(what, session_id) for what, session_id, _ in emitted] == [
        ("refused", "s1"),
        ("mended", "s1"),
    ]
    assert emitted[0][2] == emitted[1][2]
    assert emitted[0][2].startswith("Customer 1: ")
