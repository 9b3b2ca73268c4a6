"""Away by choice lasts; away by inactivity ends with the next input."""

import msgspec
import pytest
import qasync
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from rescue_console.desktop.link.availability_button import AvailabilityButton
from rescue_console.desktop.link.availability_watch import IDLE_MS, AvailabilityWatch
from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.program.settings import Settings
from rescue_console.network.errors import Unreachable, Why
from rescue_console.protocol.answers import Me
from tests.stage.technicians.fake_calls import FakeCalls

WAIT_MS = 20_000


class Desk:
    """A window of the console with somebody, or nobody, in front of it."""

    def __init__(self, calls: FakeCalls, me: Me, settings: Settings, qtbot: QtBot) -> None:
        self.calls = calls
        self.me = me
        self.qtbot = qtbot
        self.window = QLineEdit()
        qtbot.addWidget(self.window)
        self.standing = Standing(me, online=True)
        self.presence = AvailabilityWatch(calls, self.standing, settings)
        with qtbot.waitActive(self.window, timeout=WAIT_MS):
            self.window.show()
            self.window.activateWindow()

    def type(self) -> None:
        QTest.keyClick(self.window.windowHandle(), Qt.Key.Key_A)
        self.settle()

    def idle(self) -> None:
        """Let the time pass without any input."""
        self.presence.idle.stop()
        self.presence.idle.timeout.emit()
        self.settle()

    def settle(self) -> None:
        """Wait for the calls, and have the server report what it was asked to set."""
        self.qtbot.waitUntil(lambda: self.presence.jobs.running == 0, timeout=WAIT_MS)
        if self.asked:
            self.me = msgspec.structs.replace(self.me, away=self.asked[-1])
            self.standing.me = self.me
            self.qtbot.waitUntil(lambda: self.presence.jobs.running == 0, timeout=WAIT_MS)

    @property
    def asked(self) -> list[bool]:
        return [request.away for request in self.calls.availability_requests]


@pytest.fixture
def desk(
    qt_loop: qasync.QEventLoop, calls: FakeCalls, me: Me, settings: Settings, qtbot: QtBot
) -> Desk:
    return Desk(calls, me, settings, qtbot)


def test_inactivity_sets_the_technician_away_and_input_brings_them_back(desk: Desk) -> None:
    desk.idle()
    assert desk.asked == [True]
    desk.type()
    assert desk.asked == [True, False]
    desk.type()
    assert desk.asked == [True, False]


def test_away_by_choice_lasts_whatever_is_typed(desk: Desk) -> None:
    desk.presence.choose(True)
    desk.settle()
    desk.type()
    desk.idle()
    desk.type()
    assert desk.asked == [True]
    desk.presence.choose(False)
    desk.settle()
    assert desk.asked == [True, False]


def test_choosing_away_while_away_by_inactivity_lasts(desk: Desk) -> None:
    desk.idle()
    desk.presence.choose(True)
    desk.settle()
    desk.type()
    assert desk.asked == [True, True]


def test_input_restarts_the_quarter_of_an_hour(desk: Desk) -> None:
    assert desk.presence.idle.interval() == IDLE_MS == 900_000
    desk.presence.idle.stop()
    desk.type()
    assert desk.presence.idle.isActive()


def test_inactivity_while_offline_is_reported_once_online(desk: Desk) -> None:
    desk.standing.online = False
    desk.idle()
    assert desk.asked == []
    desk.standing.online = True
    desk.settle()
    assert desk.asked == [True]


def test_a_console_closed_while_away_by_inactivity_is_online_when_opened_again(
    desk: Desk, settings: Settings
) -> None:
    desk.idle()
    standing = Standing(desk.me, online=True)
    again = AvailabilityWatch(desk.calls, standing, settings)
    standing.me = desk.me
    desk.qtbot.waitUntil(lambda: desk.asked == [True, False], timeout=WAIT_MS)
    assert not again.jobs.running


def test_a_choice_that_the_server_refuses_is_reported(desk: Desk) -> None:
    desk.calls.fail("set_availability", Unreachable(Why.LOST))
    with desk.qtbot.waitSignal(desk.presence.refused, timeout=WAIT_MS) as refused:
        desk.presence.choose(True)
    assert refused.args == ["The connection to the server was lost. Please try again."]


@pytest.mark.parametrize(
    ("away", "busy", "text"),
    [(False, False, "Online"), (True, False, "Away"), (False, True, "Busy"), (True, True, "Away")],
)
def test_the_button_names_the_availability_and_offers_both_choices(
    away: bool, busy: bool, text: str, qtbot: QtBot
) -> None:
    button = AvailabilityButton()
    qtbot.addWidget(button)
    button.show_availability(away=away, busy=busy, online=True)
    assert button.text() == text
    assert button.accessibleName() == f"Your availability: {text}"
    assert button.away_action.isChecked() == away
    chosen: list[bool] = []
    button.chosen.connect(chosen.append)
    button.away_action.trigger()
    button.online_action.trigger()
    assert chosen == [True, False]


@pytest.mark.usefixtures("french")
def test_the_words_are_french_too(qtbot: QtBot) -> None:
    button = AvailabilityButton()
    qtbot.addWidget(button)
    assert (button.online_action.text(), button.away_action.text()) == ("En ligne", "Absent")
