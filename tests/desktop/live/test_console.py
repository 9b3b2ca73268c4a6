from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from rescue_console.client.account import Account
from rescue_console.desktop.console import Console
from rescue_console.desktop.link.connection import LinkState
from rescue_console.desktop.session_list.filter import Shown
from rescue_console.desktop.workspace.log_pane import LogPane
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.customers.joining import join
from tests.stage.networks.plain_proxy import Habit, PlainProxy
from tests.stage.networks.wire import Wire
from tests.stage.servers.rescue_server import OWNER_NAME, RealServer
from tests.stage.technicians.fixtures import Finish
from tests.stage.technicians.signed_in import (
    SECOND_EMAIL,
    SECOND_NAME,
    SECOND_PASSWORD,
    create,
    sign_in,
)
from tests.stage.until import WAIT_MS, turn_until


@pytest.fixture
def until(qtbot: QtBot) -> Callable[[Callable[[], object]], None]:
    """Waits for a condition while Qt handles events."""
    return partial(turn_until, qtbot)


Until = Callable[[Callable[[], object]], None]


def status(console: Console, session_id: str) -> SessionStatus | None:
    session = console.model.session(session_id)
    return session.status if session else None


def wait_for_customer(console: Console, until: Until, name: str = "Marie") -> str:
    """Have a customer join and return the session's id once the list shows it waiting."""
    session = create(console, name)
    join(session.link)
    until(lambda: status(console, session.id) is SessionStatus.WAITING)
    return session.id


def has_tabs(console: Console, count: int) -> bool:
    return len(console.tabs) == count


def press(label: str) -> None:
    """Press a button of the open question."""
    box = QApplication.activeModalWidget()
    assert isinstance(box, QDialog)
    buttons = box.findChildren(QAbstractButton)
    next(button for button in buttons if button.text().replace("&", "") == label).click()


def asked() -> bool:
    return isinstance(QApplication.activeModalWidget(), QDialog)


def test_a_session_created_elsewhere_appears_in_the_list(console: Console, until: Until) -> None:
    made = create(console, "Marie")
    until(lambda: console.model.index_of(made.id).isValid())
    assert console.model.index_of(made.id).data() == "Marie"


def test_start_makes_a_waiting_customers_session_active_and_opens_its_tab(
    console: Console, until: Until
) -> None:
    session_id = wait_for_customer(console, until)
    console.list.select(session_id)
    console.window.ui.startAction.trigger()
    until(lambda: console.tabs.current is not None)
    assert status(console, session_id) is SessionStatus.ACTIVE
    tabs = console.window.ui.sessionTabs
    assert tabs.tabText(tabs.currentIndex()).startswith("Marie  0:0")


def test_a_console_whose_network_blocks_websockets_works_and_says_what_does_not(
    open_console: Callable[[Account], Console], server: RealServer, until: Until
) -> None:
    with PlainProxy(int(server.url.rpartition(":")[2])) as proxy:
        console = open_console(sign_in(proxy))
        ui, label = console.window.ui, console.window.link_label
        until(lambda: label.text() == "Connected, without WebSockets")
        assert "Control, files and system information by the applet do not" in (
            ui.noticeBanner.text
        )
        made = create(console, "Marie")
        join(made.link)
        until(lambda: status(console, made.id) is SessionStatus.WAITING)
        console.list.select(made.id)
        ui.startAction.trigger()
        until(lambda: console.tabs.current is not None)
        assert console.standing.plain
        proxy.habit = Habit.PASSES
        until(lambda: label.text() == "Connected")
        assert not console.standing.plain


def test_enter_on_a_waiting_customer_starts_the_session(console: Console, until: Until) -> None:
    session_id = wait_for_customer(console, until)
    console.list.select(session_id)
    QTest.keyClick(console.list.ui.table, Qt.Key.Key_Return)
    until(lambda: status(console, session_id) is SessionStatus.ACTIVE)


def test_hold_closes_the_tab_and_start_brings_it_back(console: Console, until: Until) -> None:
    session_id = wait_for_customer(console, until)
    console.list.select(session_id)
    console.window.ui.startAction.trigger()
    until(lambda: console.window.ui.holdAction.isEnabled())
    console.window.ui.holdAction.trigger()
    until(lambda: status(console, session_id) is SessionStatus.ON_HOLD)
    assert not console.tabs.show(session_id)
    console.window.ui.startAction.trigger()
    until(lambda: console.tabs.show(session_id))


def test_closing_a_waiting_session_needs_confirmation_and_cancel_keeps_it(
    console: Console, until: Until
) -> None:
    session_id = wait_for_customer(console, until)
    console.list.select(session_id)
    console.window.ui.closeAction.trigger()
    until(asked)
    press("Cancel")
    until(lambda: not console.commands.jobs.running)
    assert status(console, session_id) is SessionStatus.WAITING
    console.window.ui.closeAction.trigger()
    until(asked)
    press("Close session")
    until(lambda: status(console, session_id) is SessionStatus.CLOSED_BY_TECHNICIAN)


def test_questions_and_messages_appear_in_a_detached_sessions_window(
    console: Console, wire: Wire, until: Until
) -> None:
    session_id = wait_for_customer(console, until)
    console.list.select(session_id)
    console.window.ui.startAction.trigger()
    until(lambda: console.tabs.current is not None)
    tab = console.tabs.tab(session_id)
    assert tab is not None
    console.tabs.detach(session_id)
    tab.ui.closeButton.click()
    until(asked)
    question = QApplication.activeModalWidget()
    assert question is not None
    assert question.parentWidget() is tab.window()
    press("Cancel")
    until(lambda: not console.commands.jobs.running)
    wire.block()
    tab.ui.holdButton.click()
    until(tab.ui.message.isVisible)
    assert tab.ui.message.text() == console.window.ui.noticeBanner.text
    console.window.show_notice("Bruno transfers a session.")
    wire.mend()
    until(tab.ui.holdButton.isEnabled)
    tab.ui.holdButton.click()
    until(lambda: status(console, session_id) is SessionStatus.ON_HOLD)
    until(lambda: not console.commands.jobs.running)
    assert console.window.ui.noticeBanner.text == "Bruno transfers a session."


def test_a_question_closes_with_its_window_when_the_session_is_held_elsewhere(
    console: Console, server: RealServer, until: Until
) -> None:
    session_id = wait_for_customer(console, until)
    console.list.select(session_id)
    console.window.ui.startAction.trigger()
    until(lambda: console.tabs.current is not None)
    tab = console.tabs.tab(session_id)
    assert tab is not None
    console.tabs.detach(session_id)
    tab.ui.closeButton.click()
    until(asked)
    server.owner.post(f"/sessions/{session_id}/hold")
    until(lambda: not asked())
    until(lambda: not console.commands.jobs.running)


def test_a_technician_who_starts_second_is_told_who_has_the_session(
    console: Console, wire: Wire, until: Until
) -> None:
    session_id = wait_for_customer(console, until)
    second = sign_in(wire, SECOND_EMAIL, SECOND_PASSWORD)
    console.list.select(session_id)
    until(lambda: console.window.ui.startAction.isEnabled())
    second.api.start(session_id)
    second.close()
    console.window.ui.startAction.trigger()
    until(lambda: console.window.ui.noticeBanner.text)
    assert SECOND_NAME in console.window.ui.noticeBanner.text


def test_a_permission_taken_away_disables_its_action_at_once(
    open_console: Callable[[Account], Console],
    wire: Wire,
    server: RealServer,
    until: Until,
) -> None:
    console = open_console(sign_in(wire, SECOND_EMAIL, SECOND_PASSWORD))
    create_action = console.window.ui.newSessionAction
    group = f"/groups/{console.me.group.id}"
    before = server.owner.get("/me").json()["permissions"]
    assert create_action.isEnabled() == ("private_sessions" in before)
    server.owner.patch(group, json={"permissions": {"private_sessions": True, "method_pin": True}})
    until(create_action.isEnabled)
    server.owner.patch(group, json={"permissions": {"private_sessions": False}})
    until(lambda: not create_action.isEnabled())
    assert "Private sessions" in create_action.toolTip()
    server.owner.patch(group, json={"permissions": {"private_sessions": True}})
    until(create_action.isEnabled)


def test_a_lost_connection_shows_a_banner_and_recovers_by_itself(
    console: Console, wire: Wire, until: Until
) -> None:
    console.list.ui.searchEdit.setText("typed before")
    wire.block()
    until(lambda: console.window.ui.banner.isVisible())
    assert not console.window.ui.newSessionAction.isEnabled()
    assert "no connection" in console.window.ui.newSessionAction.toolTip()
    wire.mend()
    until(lambda: console.connection.state is LinkState.ONLINE)
    assert not console.window.ui.banner.isVisible()
    assert console.window.ui.newSessionAction.isEnabled()
    assert console.list.ui.searchEdit.text() == "typed before"


def test_what_happened_while_offline_is_there_afterwards(
    console: Console, wire: Wire, server: RealServer, until: Until
) -> None:
    wire.block()
    until(lambda: console.connection.state is LinkState.OFFLINE)
    made = server.owner.create_session(name="Meanwhile")
    wire.mend()
    until(lambda: console.model.session(made["id"]) is not None)


def test_a_customer_who_begins_to_wait_is_announced_with_a_sound(
    console: Console, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    played: list[str] = []
    notified: list[tuple[str, str, str]] = []
    monkeypatch.setattr(console.notifications._sounds, "play", played.append)
    monkeypatch.setattr(console.tray, "notify", lambda *words: notified.append(words))
    session_id = wait_for_customer(console, until, "Élodie")
    assert played == ["waiting"]
    assert notified == [("A customer is waiting", "Élodie", session_id)]


def test_notifications_can_be_turned_off(
    console: Console, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    notified: list[object] = []
    monkeypatch.setattr(console.tray, "notify", lambda *words: notified.append(words))
    console._settings.notifications_on = False
    wait_for_customer(console, until)
    assert not notified


@pytest.mark.qt_log_ignore("does not support raise")
def test_clicking_the_notification_selects_the_session(console: Console, until: Until) -> None:
    made = create(console, "Marie")
    until(lambda: console.model.session(made.id))
    console.list.ui.searchEdit.setText("something else")
    console.tray.notify("title", "text", made.id)
    assert console.tray._icon is not None
    console.tray._icon.messageClicked.emit()
    assert console.list.current is not None
    assert console.list.current.id == made.id


def test_link_and_code_of_the_selected_session_are_copied(console: Console, until: Until) -> None:
    made = create(console, "Marie")
    until(lambda: console.model.session(made.id))
    console.list.select(made.id)
    console.window.ui.copyLinkAction.trigger()
    assert QGuiApplication.clipboard().text() == made.link
    console.window.ui.copyCodeAction.trigger()
    assert QGuiApplication.clipboard().text() == made.code


def test_the_session_log_tells_what_happened(console: Console, until: Until) -> None:
    session_id = wait_for_customer(console, until)
    console.list.select(session_id)
    console.window.ui.startAction.trigger()
    until(lambda: console.tabs.current is not None)
    tab = console.window.ui.sessionTabs.currentWidget()
    pane = tab.findChild(LogPane)
    assert pane is not None
    pane.on_shown()
    until(lambda: len(pane.ui.logView.model.entries) >= 5)
    said = [entry.what for entry in pane.ui.logView.model.entries]
    assert said == ["created", "connecting", "page_joined", "waiting", "active"]


def test_the_empty_list_says_what_to_do_next(console: Console) -> None:
    console.list.ui.searchEdit.setText("nobody has this name")
    assert console.list.ui.emptyTitle.text() in ("No session matches", "No sessions yet")
    assert console.list.ui.stack.currentWidget() is console.list.ui.emptyPage


def test_the_filter_shows_one_status_alone(console: Console, until: Until) -> None:
    wait_for_customer(console, until)
    console.list.clear_filter(Shown.WAITING)
    assert console.model.rowCount()
    for row in range(console.model.rowCount()):
        session = console.model.session_at(console.model.index(row, 0))
        assert session is not None
        assert session.status is SessionStatus.WAITING


def test_a_sign_in_ended_elsewhere_ends_the_console(
    console: Console, qtbot: QtBot, wire: Wire
) -> None:
    with qtbot.waitSignal(console.signed_out, timeout=WAIT_MS) as ended:
        console._account._tokens._refresh = "revoked"
        console._account._tokens._access = "revoked"
        wire.cut()
    assert ended.args is not None
    assert ended.args[0] is not None


def test_signing_out_ends_the_console_without_an_error(console: Console, qtbot: QtBot) -> None:
    with qtbot.waitSignal(console.signed_out, timeout=WAIT_MS) as ended:
        console.window.ui.signOutAction.trigger()
    assert ended.args == [None]


def test_quitting_with_active_sessions_needs_confirmation(
    console: Console, qtbot: QtBot, until: Until
) -> None:
    session_id = wait_for_customer(console, until)
    console.list.select(session_id)
    console.window.ui.startAction.trigger()
    until(lambda: console.tabs.current is not None)
    console.window.close()
    until(asked)
    assert console.window.isVisible()
    with qtbot.waitSignal(console.quit_requested, timeout=WAIT_MS):
        press("Quit")


def test_unsent_chat_is_mentioned_on_quitting_and_sent_after_the_next_sign_in(
    console: Console,
    open_console: Callable[[Account], Console],
    server: RealServer,
    wire: Wire,
    until: Until,
    finish: Finish,
) -> None:
    session_id = wait_for_customer(console, until)
    console.list.select(session_id)
    console.window.ui.startAction.trigger()
    until(lambda: console.tabs.current is not None)
    wire.block()
    for text in ("one", "two"):
        console.conversations.of(session_id).say(text)
    console.window.close()
    until(asked)
    question = QApplication.activeModalWidget()
    assert isinstance(question, QMessageBox)
    assert "Chat messages that have not been sent: 2. " in question.text()
    press("Cancel")
    until(lambda: not console.leaving.jobs.running)
    finish(console.connection.aclose())
    finish(console.conversations.aclose())
    wire.mend()
    open_console(sign_in(wire))

    def said() -> list[str]:
        page = server.owner.get(f"/sessions/{session_id}/chat").json()
        return [message["text"] for message in page["items"]]

    until(lambda: said() == ["one", "two"])


def test_the_status_bar_names_technician_and_server(console: Console) -> None:
    assert console.window.server_label.text().startswith(f"{OWNER_NAME} at http://127.0.0.1:")
    assert console.window.link_label.text() == "Connected"


def test_the_open_tab_stays_open_while_things_change_elsewhere(
    console: Console, until: Until
) -> None:
    first = wait_for_customer(console, until, "First")
    second = wait_for_customer(console, until, "Second")
    for count, session_id in enumerate((first, second), 1):
        console.list.select(session_id)
        console.window.ui.startAction.trigger()
        until(partial(has_tabs, console, count))
    console.tabs.show(first)
    made = create(console, "Elsewhere")
    until(lambda: console.model.session(made.id))
    assert console.list.current is not None
    assert console.list.current.id == second
    assert console.tabs.current is not None
    assert console.tabs.current.id == first


def select_new(console: Console, until: Until) -> None:
    made = create(console, "Invited")
    until(lambda: console.model.session(made.id))
    console.list.select(made.id)


def test_when_the_selected_session_goes_neither_list_nor_tabs_choose_another(
    console: Console, server: RealServer, until: Until
) -> None:
    first = wait_for_customer(console, until, "First")
    second = wait_for_customer(console, until, "Second")
    for count, session_id in enumerate((first, second), 1):
        console.list.select(session_id)
        console.window.ui.startAction.trigger()
        until(partial(has_tabs, console, count))
    for front in (first, second):
        select_new(console, until)
        console.tabs.show(front)
        assert console.list.current is not None
        server.owner.post(f"/sessions/{console.list.current.id}/close")
        until(lambda: console.list.current is None)
        assert console.tabs.current is not None
        assert console.tabs.current.id == front


def test_a_click_on_a_tab_selects_its_session_for_the_toolbar(
    console: Console, until: Until
) -> None:
    session_id = wait_for_customer(console, until)
    console.list.select(session_id)
    console.window.ui.startAction.trigger()
    until(lambda: console.tabs.current is not None)
    made = create(console, "Another")
    until(lambda: console.model.session(made.id))
    console.list.select(made.id)
    bar = console.window.ui.sessionTabs.tabBar()
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(0).center())
    assert console.list.current is not None
    assert console.list.current.id == session_id


def test_a_technician_moved_to_another_group_sees_only_its_sessions(
    open_console: Callable[[Account], Console],
    wire: Wire,
    server: RealServer,
    until: Until,
) -> None:
    console = open_console(sign_in(wire, SECOND_EMAIL, SECOND_PASSWORD))
    top = console.me.group.id
    made = server.owner.post("/sessions", json={"method": "link", "name": "Of the first group"})
    session_id = made.json()["id"]
    until(lambda: console.model.session(session_id))
    elsewhere = server.owner.post("/groups", json={"name": "Elsewhere", "parent_id": top}).json()
    account = f"/technicians/{console.me.id}"
    server.owner.patch(account, json={"group_id": elsewhere["id"]})
    try:
        until(lambda: console.model.session(session_id) is None)
    finally:
        server.owner.patch(account, json={"group_id": top})
    until(lambda: console.model.session(session_id))
