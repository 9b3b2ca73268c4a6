"""The Create session dialog: what it offers, what it refuses, and that nothing typed is lost."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rescue_console.desktop.create_session.dialog import CreateSessionDialog
from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.program import translation
from rescue_console.desktop.program.settings import LanguageChoice, Settings
from rescue_console.network.errors import Refused, Unreachable, Why
from rescue_console.protocol.answers import Me, Session
from rescue_console.protocol.choices import ConnectionMethod, Language
from rescue_console.protocol.limits import NAME_MAX
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.problems import PROBLEM_BASE, Problem, ProblemWord
from tests.stage.technicians.fake_calls import FakeCalls

pytestmark = pytest.mark.usefixtures("qt_loop")
WAIT_MS = 20_000
METHODS = {
    Permission.METHOD_PIN: "PIN code",
    Permission.METHOD_EMAIL: "E-mail",
    Permission.METHOD_LINK: "Link",
}


@pytest.fixture
def dialog(
    qtbot: QtBot, calls: FakeCalls, settings: Settings, standing: Standing
) -> CreateSessionDialog:
    dialog = CreateSessionDialog(calls, standing, settings)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def may(me: Me, *permissions: Permission) -> Me:
    return msgspec.structs.replace(me, permissions=list(permissions))


def tabs(dialog: CreateSessionDialog) -> list[str]:
    bar = dialog.ui.methodTabs
    if bar.isHidden():
        return []
    return [bar.tabText(index) for index in range(bar.count()) if bar.isTabVisible(index)]


def go_to(dialog: CreateSessionDialog, method: ConnectionMethod) -> None:
    (index,) = (i for i, tab in enumerate(dialog.tabs) if tab.method is method)
    dialog.ui.methodTabs.setCurrentIndex(index)


def press_main_button(dialog: CreateSessionDialog, qtbot: QtBot) -> None:
    """Press Enter, and wait until the work is done."""
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.ui.progress.isVisible()
    qtbot.waitUntil(lambda: not dialog.ui.progress.isVisible(), timeout=WAIT_MS)


def refusal(word: ProblemWord) -> Refused:
    return Refused(
        Problem(type=f"{PROBLEM_BASE}{word}", title="No", status=409, detail="It cannot be.")
    )


def test_the_dialog_blocks_nothing(dialog: CreateSessionDialog) -> None:
    assert not dialog.isModal()
    assert dialog.windowTitle() == "Create session"
    assert dialog.ui.nameEdit.hasFocus()


@pytest.mark.parametrize("permission", METHODS)
def test_only_the_methods_of_the_group_are_shown(
    qtbot: QtBot,
    calls: FakeCalls,
    me: Me,
    settings: Settings,
    permission: Permission,
) -> None:
    me = may(me, Permission.PRIVATE_SESSIONS, permission)
    dialog = CreateSessionDialog(calls, Standing(me), settings)
    qtbot.addWidget(dialog)
    dialog.show()
    assert tabs(dialog) == [METHODS[permission]]


def test_without_private_sessions_the_missing_permission_is_named(
    dialog: CreateSessionDialog, me: Me, standing: Standing
) -> None:
    standing.me = may(me, *METHODS)
    assert tabs(dialog) == []
    assert dialog.ui.refusalMessage.text() == "Your group lacks the permission “Private sessions”."
    assert dialog.ui.mainButton.isHidden()


def test_without_any_method_the_missing_permissions_are_named(
    dialog: CreateSessionDialog, me: Me, standing: Standing
) -> None:
    standing.me = may(me, Permission.PRIVATE_SESSIONS)
    assert tabs(dialog) == []
    assert "Connection method: e-mail" in dialog.ui.refusalMessage.text()


def test_a_change_of_permissions_shows_at_once_with_a_message(
    dialog: CreateSessionDialog, me: Me, standing: Standing
) -> None:
    go_to(dialog, ConnectionMethod.EMAIL)
    standing.me = may(me, Permission.PRIVATE_SESSIONS, Permission.METHOD_LINK)
    assert tabs(dialog) == ["Link"]
    assert dialog.tab.method is ConnectionMethod.LINK
    assert "just been changed" in dialog.ui.message.text()
    standing.me = me
    assert tabs(dialog) == ["PIN code", "E-mail", "Link"]


def test_a_permission_taken_away_for_a_moment_leaves_the_tab_open(
    dialog: CreateSessionDialog, me: Me, standing: Standing
) -> None:
    go_to(dialog, ConnectionMethod.LINK)
    standing.me = may(me)
    standing.me = me
    assert dialog.tab.method is ConnectionMethod.LINK


def test_the_tab_key_goes_from_the_top_to_the_bottom(dialog: CreateSessionDialog) -> None:
    visited = []
    for _ in range(12):
        focused = dialog.focusWidget()
        assert focused is not None
        visited.append(focused.objectName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert visited[:11] == [
        "nameEdit",
        "languageBox",
        "qt_tabwidget_tabbar",
        "ownClientButton",
        "toEdit",
        "mobileBox",
        "platformBox",
        "textEdit",
        "mainButton",
        "closeButton",
        "nameEdit",
    ]


def test_a_name_that_is_too_long_is_refused_with_the_counts(dialog: CreateSessionDialog) -> None:
    dialog.ui.nameEdit.setText("x" * 10_000)
    assert dialog.ui.nameMessage.text() == (
        f"The name has 10000 characters; at most {NAME_MAX} are allowed."
    )
    assert not dialog.ui.mainButton.isEnabled()
    assert dialog.ui.missingMessage.text() == "Shorten the name."
    dialog.ui.nameEdit.setText("Jean")
    assert dialog.ui.nameMessage.isHidden()
    assert dialog.ui.mainButton.isEnabled()


def test_a_name_is_cleaned_of_misleading_characters(
    dialog: CreateSessionDialog, calls: FakeCalls, qtbot: QtBot
) -> None:
    go_to(dialog, ConnectionMethod.LINK)
    dialog.ui.nameEdit.setText("  Jean\u202e\u0007 <b>{name}</b>  ")
    dialog.ui.languageBox.setCurrentText("Français")
    press_main_button(dialog, qtbot)
    (request,) = calls.create_requests
    assert request.name == "Jean <b>{name}</b>"
    assert request.language == Language("fr")


def test_the_created_session_is_reported_to_the_window(
    dialog: CreateSessionDialog, qtbot: QtBot
) -> None:
    go_to(dialog, ConnectionMethod.LINK)
    with qtbot.waitSignal(dialog.created, timeout=WAIT_MS) as emitted:
        dialog.ui.mainButton.click()
    assert emitted.args is not None
    assert isinstance(emitted.args[0], Session)


def test_while_it_works_nothing_can_be_pressed_twice(
    dialog: CreateSessionDialog, calls: FakeCalls, qtbot: QtBot
) -> None:
    go_to(dialog, ConnectionMethod.LINK)
    gate = calls.hold_back("create_session")
    dialog.ui.mainButton.click()
    dialog.ui.mainButton.click()
    qtbot.waitUntil(lambda: len(calls.create_requests) == 1, timeout=WAIT_MS)
    assert not dialog.ui.mainButton.isEnabled()
    assert not dialog.ui.nameEdit.isEnabled()
    gate.set()
    qtbot.waitUntil(lambda: dialog.ui.mainButton.text() == "Done", timeout=WAIT_MS)
    assert len(calls.create_requests) == 1


def test_an_error_leaves_the_dialog_open_with_all_that_was_typed(
    dialog: CreateSessionDialog, calls: FakeCalls, qtbot: QtBot
) -> None:
    go_to(dialog, ConnectionMethod.PIN)
    dialog.ui.nameEdit.setText("Jean")
    calls.fail("create_session", Unreachable(Why.LOST))
    press_main_button(dialog, qtbot)
    assert dialog.isVisible()
    assert dialog.ui.nameEdit.text() == "Jean"
    assert dialog.ui.message.text() == "The connection to the server was lost. Please try again."
    assert dialog.ui.message.tone is Tone.ERROR
    assert dialog.ui.mainButton.isEnabled()


def test_a_lost_answer_makes_no_second_session(
    dialog: CreateSessionDialog, calls: FakeCalls, qtbot: QtBot
) -> None:
    go_to(dialog, ConnectionMethod.PIN)
    calls.lost_answers.add("create_session")
    calls.fail("create_session", Unreachable(Why.LOST))
    press_main_button(dialog, qtbot)
    press_main_button(dialog, qtbot)
    assert len(calls.create_requests) == 2
    assert len(calls.sessions) == 1


def test_a_changed_name_after_an_error_creates_the_intended_session(
    dialog: CreateSessionDialog, calls: FakeCalls, qtbot: QtBot
) -> None:
    go_to(dialog, ConnectionMethod.PIN)
    dialog.ui.nameEdit.setText("Jean")
    calls.lost_answers.add("create_session")
    calls.fail("create_session", Unreachable(Why.LOST))
    press_main_button(dialog, qtbot)
    dialog.ui.nameEdit.setText("Jeanne")
    press_main_button(dialog, qtbot)
    assert [session.name for session in calls.sessions.values()] == ["Jean", "Jeanne"]


def test_closing_while_it_works_ends_the_work_quietly(
    dialog: CreateSessionDialog, calls: FakeCalls, qtbot: QtBot
) -> None:
    go_to(dialog, ConnectionMethod.PIN)
    dialog.ui.nameEdit.setText("Jean")
    calls.hold_back("create_session")
    dialog.ui.mainButton.click()
    qtbot.waitUntil(lambda: len(calls.create_requests) == 1, timeout=WAIT_MS)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: dialog._jobs.running == 0, timeout=WAIT_MS)
    dialog.show()
    assert dialog.ui.nameEdit.text() == "Jean"
    assert dialog.ui.mainButton.isEnabled()


def test_what_was_typed_is_kept_until_it_has_been_used(
    dialog: CreateSessionDialog, qtbot: QtBot
) -> None:
    go_to(dialog, ConnectionMethod.PIN)
    dialog.ui.nameEdit.setText("Jean")
    dialog.reject()
    dialog.show()
    assert dialog.ui.nameEdit.text() == "Jean"
    press_main_button(dialog, qtbot)
    dialog.ui.mainButton.click()
    assert dialog.isHidden()
    dialog.show()
    assert dialog.ui.nameEdit.text() == ""
    assert dialog.ui.mainButton.text() == "Create PIN code"


def test_the_tab_and_the_language_are_remembered(
    dialog: CreateSessionDialog,
    calls: FakeCalls,
    settings: Settings,
    qtbot: QtBot,
    standing: Standing,
) -> None:
    go_to(dialog, ConnectionMethod.LINK)
    dialog.ui.languageBox.setCurrentText("Français")
    press_main_button(dialog, qtbot)
    again = CreateSessionDialog(calls, standing, settings)
    qtbot.addWidget(again)
    assert again.tab.method is ConnectionMethod.LINK
    assert again.language == Language("fr")


def test_the_organization_decides_the_first_language(
    qtbot: QtBot, calls: FakeCalls, me: Me, settings: Settings, standing: Standing
) -> None:
    me.organization.language = Language("fr")
    dialog = CreateSessionDialog(calls, standing, settings)
    qtbot.addWidget(dialog)
    assert dialog.language == Language("fr")


def test_the_languages_are_those_that_the_server_writes_mails_in(
    qtbot: QtBot, calls: FakeCalls, me: Me, settings: Settings, standing: Standing
) -> None:
    me.server.languages = {Language("en"): "English", Language("eo"): "Esperanto"}
    settings.customer_language = Language("fr")
    dialog = CreateSessionDialog(calls, standing, settings)
    qtbot.addWidget(dialog)
    box = dialog.ui.languageBox
    assert [box.itemText(index) for index in range(box.count())] == ["English", "Esperanto"]
    assert dialog.language == Language("en"), "the language chosen before is not offered here"
    box.setCurrentText("Esperanto")
    assert dialog.language == Language("eo")


def test_a_fault_of_the_program_is_reported_to_the_window(
    dialog: CreateSessionDialog,
    calls: FakeCalls,
    qtbot: QtBot,
    expected_errors: list[str],
) -> None:
    expected_errors.append("create session failed")
    go_to(dialog, ConnectionMethod.PIN)
    calls.fail("create_session", RuntimeError("a fault"))  # type: ignore[arg-type]
    with qtbot.waitSignal(dialog.failed, timeout=WAIT_MS) as emitted:
        dialog.ui.mainButton.click()
    assert str((emitted.args or ("",))[0]) == "a fault"
    assert dialog.ui.mainButton.isEnabled()


def test_an_open_dialog_changes_its_language_and_keeps_what_was_typed(
    dialog: CreateSessionDialog, qapp: QApplication, qtbot: QtBot
) -> None:
    go_to(dialog, ConnectionMethod.EMAIL)
    dialog.ui.nameEdit.setText("Jean")
    try:
        translation.install(qapp, LanguageChoice("fr"))
        qtbot.waitUntil(lambda: dialog.windowTitle() == "Créer une session", timeout=WAIT_MS)
        assert tabs(dialog) == ["Code PIN", "E-mail", "Lien"]
        assert dialog.ui.mainButton.text() == "Envoyer le lien par e-mail"
        assert dialog.ui.nameEdit.text() == "Jean"
        assert dialog.tab.method is ConnectionMethod.EMAIL
    finally:
        translation.install(qapp, LanguageChoice("en"))


@pytest.mark.parametrize("of_group", [False, True])
def test_links_that_only_the_servers_computer_can_open_are_pointed_out_before_and_after(
    dialog: CreateSessionDialog, me: Me, standing: Standing, qtbot: QtBot, of_group: bool
) -> None:
    message = dialog.ui.onlyThereMessage
    assert message.isHidden()
    local = "http://127.0.0.1:47500"
    server = msgspec.structs.replace(me.server, public_url=local)
    settings = msgspec.structs.replace(me.settings, public_url=local)
    changes = {"settings": settings} if of_group else {"server": server}
    standing.me = msgspec.structs.replace(me, **changes)
    assert "127.0.0.1:47500" in message.text()
    assert "sign in to a server that they can reach" in message.text()

    go_to(dialog, ConnectionMethod.LINK)
    press_main_button(dialog, qtbot)
    assert dialog.ui.mainButton.text() == "Done"
    assert message.isVisible()


def test_links_that_others_can_open_are_not_pointed_out_any_more(
    dialog: CreateSessionDialog, me: Me, standing: Standing
) -> None:
    server = msgspec.structs.replace(me.server, public_url="http://localhost:8080")
    standing.me = msgspec.structs.replace(me, server=server)
    assert dialog.ui.onlyThereMessage.isVisible()
    standing.me = me
    assert dialog.ui.onlyThereMessage.isHidden()


@pytest.mark.usefixtures("french")
def test_links_that_only_the_servers_computer_can_open_are_pointed_out_in_french(
    dialog: CreateSessionDialog, me: Me, standing: Standing
) -> None:
    server = msgspec.structs.replace(me.server, public_url="http://localhost:8080")
    standing.me = msgspec.structs.replace(me, server=server)
    assert "mènent à localhost:8080" in dialog.ui.onlyThereMessage.text()
