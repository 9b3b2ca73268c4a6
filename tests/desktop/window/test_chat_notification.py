"""Notifications outside the window when customers write and sessions end or come in."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from rescue_console.desktop.program.settings import Settings
from rescue_console.desktop.sounds.sounds import Sounds
from rescue_console.desktop.window.notifications import Notifications
from rescue_console.desktop.window.tray import Tray
from rescue_console.protocol.answers import Transfer
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.technicians.listener import Listener
from tests.stage.technicians.sessions import ALICE, BRUNO, make_session


@pytest.fixture
def player() -> Listener:
    return Listener()


@pytest.fixture
def notifications(settings: Settings, player: Listener, qtbot: QtBot) -> Notifications:
    window = QWidget()
    qtbot.addWidget(window)
    return Notifications(settings, Sounds(settings, player=player), Tray(window), window)


def test_a_message_is_heard(notifications: Notifications, player: Listener) -> None:
    notifications.call_to_chat(make_session(1))
    assert [path.stem for path in player.heard] == ["message"]


def test_a_question_about_a_file_is_heard_and_shown_with_the_customers_name(
    notifications: Notifications, player: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    notified: list[tuple[str, str, str]] = []
    monkeypatch.setattr(notifications._tray, "notify", lambda *words: notified.append(words))
    notifications.call_to_question(make_session(1, name="Jean"))
    assert [path.stem for path in player.heard] == ["message"]
    assert notified == [("Question about a file", "Jean", "s1")]


def test_the_end_of_a_session_is_shown_with_its_status(
    notifications: Notifications, monkeypatch: pytest.MonkeyPatch
) -> None:
    notified: list[tuple[str, str, str]] = []
    monkeypatch.setattr(notifications._tray, "notify", lambda *words: notified.append(words))
    notifications.tell_over([make_session(1, SessionStatus.CLOSED_BY_CUSTOMER, name="Jean")])
    assert notified == [("A session is over", "Jean: Closed by the customer", "s1")]


def test_an_incoming_transfer_is_announced_with_its_comment(notifications: Notifications) -> None:
    transfer = Transfer(from_technician=BRUNO, to_technician=ALICE, comment="knows printers")
    session = make_session(1, SessionStatus.TRANSFERRING, name="Jean", transfer=transfer)
    assert notifications.transfer_text(session) == (
        "Bruno Leroy transfers the session with Jean. “knows printers”"
    )


def test_a_waiting_session_is_not_a_transfer(notifications: Notifications) -> None:
    assert notifications.transfer_text(make_session(1)) == ""
