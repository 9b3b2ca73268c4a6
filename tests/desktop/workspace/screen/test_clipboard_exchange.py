"""The clipboard's text goes to the other side when that is wanted, and not otherwise."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.workspace.screen.clipboard_exchange import ClipboardExchange
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.protocol.answers import Me
from rescue_console.protocol.channel import TEXT_MAX, ClipboardChanged, ClipboardWanted
from rescue_console.protocol.powers import Consent, Power
from tests.stage.technicians.open_channel import OpenChannel
from tests.stage.technicians.sessions import make_session


class Desk(QObject):
    """A technician whose customer has just allowed the clipboard."""

    def __init__(self, qtbot: QtBot, me: Me) -> None:
        super().__init__()
        self.button = QToolButton()
        qtbot.addWidget(self.button)
        self.channel = OpenChannel()
        self.situation = Situation(make_session(1), Standing(me, online=True))
        self.exchange = ClipboardExchange(self.button, self.situation, self.channel, self)  # type: ignore[arg-type]
        self.said: list[str] = []
        self.exchange.said.connect(self.said.append)
        self.own = QGuiApplication.clipboard()
        self.own.setText("mine")
        self.grant(Consent.GRANTED)
        self.channel.open()

    def grant(self, consent: Consent) -> None:
        self.situation.update(make_session(1, consents={Power.CLIPBOARD: consent}))

    def customer_sends(self, text: str) -> None:
        self.channel.received.emit(ClipboardChanged(text=text))


@pytest.fixture
def desk(qtbot: QtBot, me: Me) -> Iterator[Desk]:
    desk = Desk(qtbot, me)
    yield desk
    desk.own.clear()


def test_the_customers_text_arrives_when_it_is_asked_for(desk: Desk) -> None:
    desk.exchange.fetch.trigger()
    assert desk.channel.sent == [ClipboardWanted()]
    desk.customer_sends("theirs")
    assert desk.own.text() == "theirs"
    assert desk.said == ["The customer’s text is in your clipboard."]


def test_a_text_that_nobody_asked_for_changes_nothing(desk: Desk) -> None:
    desk.customer_sends("theirs")
    desk.exchange.fetch.trigger()
    desk.customer_sends("")
    desk.customer_sends("a second one")
    assert desk.own.text() == "mine"
    assert desk.said == ["The customer’s clipboard holds no text."]


def test_the_technicians_text_is_sent_when_it_is_given(desk: Desk) -> None:
    desk.own.setText("an address")
    assert desk.channel.sent == []
    desk.exchange.give.trigger()
    assert desk.channel.sent == [ClipboardChanged(text="an address")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Your clipboard holds no text."),
        ("x" * (TEXT_MAX + 1), "The text in your clipboard is too long to be sent."),
    ],
    ids=["none", "too long"],
)
def test_the_technician_reads_why_a_text_is_not_sent(desk: Desk, text: str, said: str) -> None:
    desk.own.setText(text)
    desk.exchange.give.trigger()
    assert desk.channel.sent == []
    assert desk.said == [said]


def test_automatic_exchange_sends_each_text_once_and_never_back(desk: Desk) -> None:
    desk.exchange.automatic.trigger()
    desk.own.setText("an address")
    desk.customer_sends("theirs")
    assert desk.own.text() == "theirs"
    assert desk.channel.sent == [ClipboardChanged(text="an address")]


@pytest.mark.parametrize("how", ["taken back", "the applet has gone"])
def test_nothing_goes_either_way_once_the_clipboard_is_no_longer_shared(
    desk: Desk, how: str
) -> None:
    desk.exchange.automatic.trigger()
    desk.exchange.fetch.trigger()
    desk.channel.sent.clear()
    if how == "taken back":
        desk.grant(Consent.DENIED)
    else:
        desk.channel.lose()
    desk.own.setText("a secret")
    desk.customer_sends("theirs")
    assert desk.channel.sent == []
    assert desk.own.text() == "a secret"
    assert desk.button.isHidden()


def test_automatic_exchange_must_be_chosen_anew_with_each_consent(desk: Desk) -> None:
    desk.exchange.automatic.trigger()
    desk.grant(Consent.DENIED)
    desk.grant(Consent.GRANTED)
    assert not desk.exchange.automatic.isChecked()
