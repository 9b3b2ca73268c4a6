"""A text that one customer copies stays with them and the technician."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.workspace.screen.clipboard_exchange import ClipboardExchange
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.protocol.answers import Me
from rescue_console.protocol.channel import ClipboardChanged, Message
from rescue_console.protocol.powers import Consent, Power
from tests.stage.technicians.open_channel import OpenChannel
from tests.stage.technicians.sessions import make_session

WAIT_MS = 20_000


class Helped:
    """A customer with whom the clipboard is exchanged automatically."""

    def __init__(self, number: int, qtbot: QtBot, me: Me) -> None:
        button = QToolButton()
        qtbot.addWidget(button)
        self.channel = OpenChannel()
        session = make_session(number, consents={Power.CLIPBOARD: Consent.GRANTED}, applet=True)
        situation = Situation(session, Standing(me, online=True), button)
        self.exchange = ClipboardExchange(button, situation, self.channel, button)  # type: ignore[arg-type]
        self.channel.open()
        self.exchange.automatic.setChecked(True)

    @property
    def got(self) -> list[Message]:
        return self.channel.sent

    def copy(self, text: str) -> None:
        self.channel.received.emit(ClipboardChanged(text=text))


@pytest.fixture
def two(qtbot: QtBot, me: Me) -> Iterator[tuple[Helped, Helped]]:
    QGuiApplication.clipboard().clear()
    yield Helped(1, qtbot, me), Helped(2, qtbot, me)
    QGuiApplication.clipboard().clear()


def test_one_customers_text_does_not_go_to_another(
    two: tuple[Helped, Helped], qtbot: QtBot
) -> None:
    one, other = two
    one.copy("secret\r\nof one")
    assert QGuiApplication.clipboard().text().splitlines() == ["secret", "of one"]
    # A clipboard manager may copy the same text anew.
    QGuiApplication.clipboard().setText("secret\nof one")
    QGuiApplication.clipboard().setText("the technician's")
    qtbot.waitUntil(lambda: bool(other.got), timeout=WAIT_MS)
    assert other.got == [ClipboardChanged(text="the technician's")]


def test_the_technician_can_still_give_it(two: tuple[Helped, Helped]) -> None:
    one, other = two
    one.copy("a part number")
    other.exchange.give.trigger()
    assert other.got == [ClipboardChanged(text="a part number")]
