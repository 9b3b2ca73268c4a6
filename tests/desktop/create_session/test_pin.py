"""The PIN code tab: a code to read out, the page to type it on, and how long it is valid."""

from datetime import timedelta

import msgspec
import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from rescue_console.desktop.create_session.pin import PinTab
from rescue_console.desktop.create_session.tab import Delivered
from rescue_console.desktop.link.standing import Standing
from rescue_console.protocol.answers import Me, Session
from rescue_console.protocol.choices import ConnectionMethod
from rescue_console.protocol.requests import CreateSession
from tests.stage.technicians.fake_calls import NOW, FakeCalls


@pytest.fixture
def tab(qtbot: QtBot, standing: Standing) -> PinTab:
    tab = PinTab(standing)
    qtbot.addWidget(tab)
    tab.show()
    return tab


@pytest.fixture
def session(calls: FakeCalls) -> Session:
    return calls._session(CreateSession(method=ConnectionMethod.PIN), 0)


async def test_the_code_is_shown_large_and_grouped(tab: PinTab, session: Session) -> None:
    assert await tab.deliver(session) is Delivered.READ_ON
    assert tab.ui.pinLabel.text() == "618\u00a0689"
    assert tab.ui.pinLabel.font().pointSizeF() > 2.5 * tab.font().pointSizeF()
    assert tab.ui.addressLabel.text() == "https://help.example.org/"
    assert tab.ui.pages.currentWidget() is tab.ui.donePage


async def test_the_code_is_copied_without_its_spaces(tab: PinTab, session: Session) -> None:
    await tab.deliver(session)
    tab.ui.copyPinButton.click()
    assert QGuiApplication.clipboard().text() == "618689"
    tab.ui.copyAddressButton.click()
    assert QGuiApplication.clipboard().text() == "https://help.example.org/"
    assert tab.ui.copiedMessage.text() == "The address has been copied."


async def test_the_time_left_counts_from_the_whole_life_whatever_the_clocks_say(
    tab: PinTab, session: Session
) -> None:
    session.created_at = NOW - timedelta(days=400)
    session.expires_at = session.created_at + timedelta(minutes=15, seconds=0.9)
    await tab.deliver(session)
    assert tab.ui.timeLeftLabel.text() == "Good for another 15 min 00 s"


async def test_a_code_whose_life_is_over_is_called_expired(tab: PinTab, session: Session) -> None:
    session.expires_at = session.created_at
    await tab.deliver(session)
    assert tab.ui.timeLeftLabel.text() == "This PIN code has expired. Create a new one."


async def test_a_code_that_never_expires_has_no_time_left(tab: PinTab, session: Session) -> None:
    session.expires_at = None
    await tab.deliver(session)
    assert tab.ui.timeLeftLabel.text() == ""


def test_the_page_for_codes_is_the_groups_own_if_it_has_one(
    tab: PinTab, standing: Standing, me: Me
) -> None:
    assert "https://help.example.org" in tab.ui.explanation.text()
    own = msgspec.structs.replace(me.settings, public_url="https://paris.example.org")
    standing.me = msgspec.structs.replace(me, settings=own)
    assert "https://paris.example.org" in tab.ui.explanation.text()


async def test_a_reset_forgets_the_code(tab: PinTab, session: Session) -> None:
    await tab.deliver(session)
    tab.reset()
    assert tab.ui.pinLabel.text() == ""
    assert tab.ui.pages.currentWidget() is tab.ui.formPage
