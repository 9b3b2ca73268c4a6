"""The Link tab: the link is in the clipboard, and on the screen."""

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from rescue_console.desktop.create_session.link import LinkTab
from rescue_console.desktop.create_session.tab import Delivered
from rescue_console.protocol.choices import ConnectionMethod
from rescue_console.protocol.requests import CreateSession
from tests.stage.technicians.fake_calls import FakeCalls


async def test_the_link_is_copied_and_shown_with_a_message(calls: FakeCalls, qtbot: QtBot) -> None:
    tab = LinkTab()
    qtbot.addWidget(tab)
    session = calls._session(CreateSession(method=ConnectionMethod.LINK), 0)
    assert await tab.deliver(session) is Delivered.READ_ON
    assert QGuiApplication.clipboard().text() == session.link
    assert tab.ui.linkEdit.toPlainText() == session.link
    assert tab.ui.copiedMessage.text() == "The link has been copied to the clipboard."


async def test_it_can_be_copied_again(calls: FakeCalls, qtbot: QtBot) -> None:
    tab = LinkTab()
    qtbot.addWidget(tab)
    session = calls._session(CreateSession(method=ConnectionMethod.LINK), 0)
    await tab.deliver(session)
    QGuiApplication.clipboard().setText("something else")
    tab.ui.copyLinkButton.click()
    assert QGuiApplication.clipboard().text() == session.link
    tab.reset()
    assert tab.ui.linkEdit.toPlainText() == ""
