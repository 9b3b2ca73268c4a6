from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from rescue_console.client.account import Account
from rescue_console.desktop.actions.actions import SessionAction
from rescue_console.desktop.actions.transfer import TransferDialog
from rescue_console.desktop.console import Console
from rescue_console.desktop.create_session.dialog import CreateSessionDialog
from rescue_console.desktop.window.options import OptionsWindow
from rescue_console.desktop.window.session_log import SessionLogDialog
from rescue_console.protocol.choices import ConnectionMethod
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.customers.joining import join
from tests.stage.networks.wire import Wire
from tests.stage.servers.rescue_server import RealServer
from tests.stage.technicians.signed_in import (
    SECOND_EMAIL,
    SECOND_NAME,
    SECOND_PASSWORD,
    create,
    sign_in,
)
from tests.stage.until import WAIT_MS

# The display that tests use cannot bring windows to the front.
pytestmark = pytest.mark.qt_log_ignore("does not support raise")


def find(console: Console, kind: type[QDialog]) -> QDialog:
    """Return the one open dialog of a kind."""
    (dialog,) = [each for each in console.window.findChildren(kind) if each.isVisible()]
    return dialog


def test_new_session_makes_a_session_that_is_listed_and_selected(
    console: Console, qtbot: QtBot
) -> None:
    console.window.ui.newSessionAction.trigger()
    dialog = find(console, CreateSessionDialog)
    assert isinstance(dialog, CreateSessionDialog)
    dialog.ui.nameEdit.setText("Marie Dupont")
    pin = next(i for i, tab in enumerate(dialog.tabs) if tab.method is ConnectionMethod.PIN)
    dialog.ui.methodTabs.setCurrentIndex(pin)
    dialog.ui.mainButton.click()
    qtbot.waitUntil(lambda: console.list.current is not None, timeout=WAIT_MS)
    assert console.list.current is not None
    assert console.list.current.name == "Marie Dupont"
    assert console.list.current.method is ConnectionMethod.PIN


def test_transfer_offers_colleagues_and_transfers_the_session(
    console: Console, open_console: Callable[[Account], Console], wire: Wire, qtbot: QtBot
) -> None:
    # A technician without an open console is away.
    open_console(sign_in(wire, SECOND_EMAIL, SECOND_PASSWORD))
    session = create(console, "Marie")
    join(session.link)
    ui = console.window.ui
    qtbot.waitUntil(lambda: console.model.session(session.id) is not None, timeout=WAIT_MS)
    console.list.select(session.id)
    qtbot.waitUntil(ui.transferAction.isEnabled, timeout=WAIT_MS)
    ui.transferAction.trigger()
    qtbot.waitUntil(lambda: bool(console.window.findChildren(TransferDialog)), timeout=WAIT_MS)
    dialog = find(console, TransferDialog)
    assert isinstance(dialog, TransferDialog)
    dialog.ui.searchEdit.setText(SECOND_NAME)
    qtbot.waitUntil(dialog.ui.transferButton.isEnabled, timeout=WAIT_MS)
    dialog.ui.transferButton.click()

    def is_outgoing() -> bool:
        now = console.model.session(session.id)
        return now is not None and now.status is SessionStatus.TRANSFERRING

    qtbot.waitUntil(is_outgoing, timeout=WAIT_MS)


def test_no_session_can_be_transferred_to_a_colleague_who_is_away(
    console: Console, open_console: Callable[[Account], Console], wire: Wire, qtbot: QtBot
) -> None:
    colleague = open_console(sign_in(wire, SECOND_EMAIL, SECOND_PASSWORD))
    button = colleague.window.availability_button
    button.away_action.trigger()
    qtbot.waitUntil(lambda: button.text() == "Away", timeout=WAIT_MS)
    session = create(console, "Marie")
    console.dialogs.transfer(session)
    dialog = find(console, TransferDialog)
    assert isinstance(dialog, TransferDialog)
    dialog.ui.searchEdit.setText(SECOND_NAME)
    model = dialog.ui.targetView.model()
    qtbot.waitUntil(lambda: model.rowCount() == 1, timeout=WAIT_MS)
    assert model.index(0, 0).data() == f"{SECOND_NAME} – Away"
    assert dialog.target is None
    button.online_action.trigger()
    qtbot.waitUntil(lambda: button.text() == "Online", timeout=WAIT_MS)


def test_the_log_of_any_session_has_a_window(console: Console, qtbot: QtBot) -> None:
    session = create(console, "Marie")
    qtbot.waitUntil(lambda: console.model.session(session.id) is not None, timeout=WAIT_MS)
    console.list.select(session.id)
    console.window.ui.logAction.trigger()
    dialog = find(console, SessionLogDialog)
    assert isinstance(dialog, SessionLogDialog)
    qtbot.waitUntil(lambda: bool(dialog.ui.logView.model.entries), timeout=WAIT_MS)
    assert "Marie" in dialog.windowTitle()


def test_a_colleague_reads_chat_and_notes_after_the_end(
    open_console: Callable[[Account], Console], wire: Wire, server: RealServer, qtbot: QtBot
) -> None:
    made = server.owner.create_session(name="Marie")
    join(made["link"])
    url = f"/sessions/{made['id']}"
    server.owner.post(f"{url}/start")
    server.owner.post(f"{url}/chat", json={"text": "Is the printer on?", "key": "a"})
    server.owner.request("PUT", f"{url}/notes", json={"text": "It was the printer."})
    server.owner.post(f"{url}/close")
    console = open_console(sign_in(wire, SECOND_EMAIL, SECOND_PASSWORD))
    qtbot.waitUntil(lambda: console.model.session(made["id"]) is not None, timeout=WAIT_MS)
    console.list.select(made["id"])
    console.window.ui.logAction.trigger()
    dialog = find(console, SessionLogDialog)
    assert isinstance(dialog, SessionLogDialog)
    assert dialog.ui.notesEdit.toPlainText() == "It was the printer."
    assert dialog.ui.notesEdit.isReadOnly()
    chat = dialog.chat.ui
    qtbot.waitUntil(lambda: "Is the printer on?" in chat.view.toPlainText(), timeout=WAIT_MS)
    assert chat.saveButton.isEnabled()
    assert chat.input.isHidden()
    dialog.ui.sections.setCurrentWidget(dialog.chat)
    chat.searchEdit.setText("printer")
    QTest.keyClick(chat.searchEdit, Qt.Key.Key_Return)
    assert dialog.isVisible()


def test_the_options_open_from_the_menu(console: Console) -> None:
    console.window.ui.optionsAction.trigger()
    assert find(console, OptionsWindow)


def test_every_action_of_the_toolbar_has_a_key(console: Console) -> None:
    actions = console.window.session_actions
    keys = [actions[action].shortcut().toString() for action in SessionAction]
    assert all(keys)
    assert len(set(keys)) == len(keys)
