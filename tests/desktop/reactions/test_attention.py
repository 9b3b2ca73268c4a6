from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from rescue_console.desktop.reactions.attention import Attention
from rescue_console.protocol.answers import Session
from tests.stage.technicians.sessions import make_session

WAIT_MS = 20_000
SESSION = make_session(1)


class FakeTabs:
    """At most one workspace, of which only the window matters."""

    def __init__(self) -> None:
        self.open: QWidget | None = None

    def tab(self, session_id: str) -> QWidget | None:
        return self.open


class FakeNotifications:
    """Records the calls."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []

    def call_to_chat(self, session: Session) -> None:
        self.calls.append(("chat", session.id))

    def call_to_question(self, session: Session) -> None:
        self.calls.append(("question", session.id))


class Desk(QObject):
    """A technician who holds session 1 and looks elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.tabs, self.notifications = FakeTabs(), FakeNotifications()
        self.mine = True
        self.attention = Attention(
            lambda session_id: SESSION if session_id == SESSION.id else None,
            lambda session_id: self.mine,
            self.tabs,  # type: ignore[arg-type]  # only what is used here
            self.notifications,  # type: ignore[arg-type]  # only what is used here
            self,
        )

    @property
    def calls(self) -> list[tuple[str, str]]:
        return self.notifications.calls


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk()


Ask = Callable[[Attention], Callable[[str], None]]
BOTH = pytest.mark.parametrize(
    ("what", "ask"),
    [
        ("chat", lambda attention: attention.call_to_chat),
        ("question", lambda attention: attention.call_to_question),
    ],
)


@BOTH
def test_a_technician_who_looks_elsewhere_is_called(desk: Desk, what: str, ask: Ask) -> None:
    ask(desk.attention)(SESSION.id)
    assert desk.calls == [(what, SESSION.id)]


@BOTH
def test_a_technician_who_looks_at_the_sessions_window_is_not_called(
    desk: Desk, what: str, ask: Ask, qtbot: QtBot
) -> None:
    desk.tabs.open = QWidget()
    qtbot.addWidget(desk.tabs.open)
    with qtbot.waitActive(desk.tabs.open, timeout=WAIT_MS):
        desk.tabs.open.show()
        desk.tabs.open.activateWindow()
    ask(desk.attention)(SESSION.id)
    assert desk.calls == []


@BOTH
def test_a_session_that_is_gone_calls_nobody(desk: Desk, what: str, ask: Ask) -> None:
    ask(desk.attention)("another")
    assert desk.calls == []


def test_what_a_colleagues_customer_writes_calls_nobody(desk: Desk) -> None:
    desk.mine = False
    desk.attention.call_to_chat(SESSION.id)
    assert desk.calls == []
