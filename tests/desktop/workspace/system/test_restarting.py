"""Restarting the customer's computer from the system section."""

from collections.abc import Iterator

import msgspec
import pytest
import qasync
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.words.restart import problem_text
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.desktop.workspace.system.pane import SystemPane
from rescue_console.network.errors import Refused
from rescue_console.protocol.answers import Me, Session
from rescue_console.protocol.channel import RestartEnded, RestartWanted
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.problems import Problem, ProblemWord
from rescue_console.protocol.restart import RestartProblem
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.technicians.fake_calls import FakeCalls
from tests.stage.technicians.open_channel import OpenChannel
from tests.stage.technicians.sessions import ALICE, make_session

WAIT_MS = 30_000


def session(status: SessionStatus = SessionStatus.ACTIVE, **consents: Consent) -> Session:
    given = {Power(power): consent for power, consent in consents.items()}
    return make_session(1, status, name="Marie", technician=ALICE, applet=True, consents=given)


@pytest.fixture
def channel() -> OpenChannel:
    return OpenChannel()


@pytest.fixture
def situation(standing: Standing) -> Situation:
    return Situation(session(reboot=Consent.GRANTED), standing)


@pytest.fixture
def pane(
    calls: FakeCalls,
    channel: OpenChannel,
    qt_loop: qasync.QEventLoop,
    qtbot: QtBot,
    situation: Situation,
) -> Iterator[SystemPane]:
    granted = session(reboot=Consent.GRANTED)
    calls.sessions["k"] = granted
    pane = SystemPane(situation, calls, channel)  # type: ignore[arg-type]  # the test is its other end
    qtbot.addWidget(pane)
    pane.show()
    channel.open()
    yield pane
    pane.close()


def answer(pane: SystemPane, qtbot: QtBot, label: str) -> str:
    """Press *label* in the question; return the question's text."""
    pane.ui.restartButton.click()
    qtbot.waitUntil(lambda: pane.findChild(QMessageBox) is not None, timeout=WAIT_MS)
    box = pane.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    [button] = [button for button in box.buttons() if button.text() == label]
    assert button.isVisible()
    text = box.text()
    button.click()
    return text


def sent(channel: OpenChannel) -> list[RestartWanted]:
    return [message for message in channel.sent if isinstance(message, RestartWanted)]


def test_the_technician_is_warned_then_the_server_told_then_the_applet_asked(
    pane: SystemPane, calls: FakeCalls, channel: OpenChannel, qtbot: QtBot
) -> None:
    asked_before: list[SessionStatus] = []
    channel.on_sent = lambda _: asked_before.append(calls.sessions["k"].status)
    text = answer(pane, qtbot, "Restart")
    assert "Marie" in text
    assert "not been saved" in text
    qtbot.waitUntil(lambda: len(sent(channel)) == 1, timeout=WAIT_MS)
    assert asked_before == [SessionStatus.REBOOTING]


def test_cancelling_restarts_nothing(
    pane: SystemPane, calls: FakeCalls, channel: OpenChannel, qtbot: QtBot
) -> None:
    answer(pane, qtbot, "Cancel")
    qtbot.waitUntil(pane.ui.restartButton.isEnabled, timeout=WAIT_MS)
    assert sent(channel) == []
    assert calls.sessions["k"].status is SessionStatus.ACTIVE


def test_a_refusal_by_the_server_is_shown_and_the_applet_is_not_asked(
    pane: SystemPane, calls: FakeCalls, channel: OpenChannel, qtbot: QtBot
) -> None:
    problem = Problem(type=ProblemWord.STATUS_CONFLICT, title="", status=409, detail="Not agreed.")
    calls.fail("reboot", Refused(problem))
    answer(pane, qtbot, "Restart")
    qtbot.waitUntil(pane.ui.restartMessage.isVisible, timeout=WAIT_MS)
    assert pane.ui.restartMessage.text()
    assert sent(channel) == []


def test_losing_the_channel_meanwhile_calls_off_the_restart(
    pane: SystemPane, calls: FakeCalls, channel: OpenChannel, qtbot: QtBot
) -> None:
    pane.ui.restartButton.click()
    qtbot.waitUntil(lambda: pane.findChild(QMessageBox) is not None, timeout=WAIT_MS)
    channel.lose()
    box = pane.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    [button] = [button for button in box.buttons() if button.text() == "Restart"]
    button.click()
    qtbot.waitUntil(
        lambda: calls.sessions["k"].consents.get(Power.REBOOT) is Consent.NONE, timeout=WAIT_MS
    )
    assert sent(channel) == []
    assert "was lost" in pane.ui.restartMessage.text()


def test_the_reason_for_no_restart_stays_readable_when_the_session_goes_on(
    pane: SystemPane, channel: OpenChannel, qtbot: QtBot, situation: Situation
) -> None:
    answer(pane, qtbot, "Restart")
    qtbot.waitUntil(lambda: len(sent(channel)) == 1, timeout=WAIT_MS)
    situation.update(session(SessionStatus.REBOOTING, reboot=Consent.GRANTED))
    assert "is restarting" in pane.ui.restartMessage.text()
    number = sent(channel)[0].id
    channel.received.emit(RestartEnded(id=number + 1, problem=RestartProblem.CANCELLED))
    assert "is restarting" in pane.ui.restartMessage.text()
    channel.received.emit(
        RestartEnded(id=number, problem=RestartProblem.REFUSED, detail="Access\ndenied")
    )
    situation.update(session(SessionStatus.REBOOTING, reboot=Consent.GRANTED))
    situation.update(session(reboot=Consent.GRANTED))
    said = pane.ui.restartMessage.text()
    assert said == "The customer’s system refused to restart. (Access denied)"


def test_the_customers_refusal_is_shown_even_if_the_applets_report_is_lost(
    pane: SystemPane, situation: Situation
) -> None:
    situation.update(session(SessionStatus.REBOOTING, reboot=Consent.GRANTED))
    situation.update(session(reboot=Consent.DENIED))
    assert pane.ui.restartMessage.text() == "The customer cancelled the restart."


def test_a_computer_that_is_back_leaves_no_message(pane: SystemPane, situation: Situation) -> None:
    situation.update(session(SessionStatus.REBOOTING, reboot=Consent.GRANTED))
    assert pane.ui.restartMessage.isVisible()
    situation.update(session())
    assert not pane.ui.restartMessage.isVisible()


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (session(), "Ask the customer for “Restart” first."),
        (session(reboot=Consent.DENIED), "Ask the customer for “Restart” first."),
        (session(SessionStatus.ON_HOLD), "The customer can be asked only"),
        (session(SessionStatus.REBOOTING, reboot=Consent.GRANTED), "The customer can be asked"),
        (
            msgspec.structs.replace(session(reboot=Consent.GRANTED), applet=False),
            "This needs the applet",
        ),
    ],
)
def test_when_a_restart_is_impossible_the_button_says_why(
    pane: SystemPane, now: Session, reason: str, situation: Situation
) -> None:
    assert pane.ui.restartButton.isEnabled()
    situation.update(now)
    assert not pane.ui.restartButton.isEnabled()
    assert pane.ui.restartButton.toolTip().startswith(reason)


def test_without_the_permission_or_the_channel_a_restart_is_impossible_too(
    pane: SystemPane, channel: OpenChannel, me: Me, standing: Standing
) -> None:
    channel.lose()
    assert pane.ui.restartButton.toolTip().startswith("Waiting for the connection")
    channel.open()
    others = [permission for permission in me.permissions if permission is not Permission.REBOOT]
    standing.me = msgspec.structs.replace(me, permissions=others)
    assert "Restart the device" in pane.ui.restartButton.toolTip()


@pytest.mark.parametrize("problem", RestartProblem)
def test_every_problem_has_its_sentence(problem: RestartProblem) -> None:
    plain = problem_text(RestartEnded(id=1, problem=problem))
    assert problem_text(RestartEnded(id=1, problem=problem, detail=" x\n y ")) == f"{plain} (x y)"
