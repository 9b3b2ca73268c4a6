from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import qasync
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.program.settings import Settings
from rescue_console.desktop.workspace.chat.conversation import Conversation
from rescue_console.desktop.workspace.chat.pane import ChatPane
from rescue_console.desktop.workspace.chat.replies import RepliesDialog, replies
from rescue_console.desktop.workspace.chat.transcript_saving import Pages, file_name
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.network.errors import Refused, Unreachable, Why
from rescue_console.protocol.answers import ChatMessage
from rescue_console.protocol.limits import CHAT_MAX
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.signals import Signal, SignalKind
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.refusals import refuse
from tests.stage.technicians.fake_calls import FakeCalls
from tests.stage.technicians.sessions import ALICE, make_session

WAIT_MS = 20_000
SESSION = make_session(1, SessionStatus.ACTIVE, technician=ALICE, name="Jean & <b>")


@pytest.fixture
def conversation(qt_loop: qasync.QEventLoop, calls: FakeCalls, standing: Standing) -> Conversation:
    return Conversation("s1", standing, calls)


@pytest.fixture
def situation(standing: Standing) -> Situation:
    return Situation(SESSION, standing)


@pytest.fixture
def pane(
    conversation: Conversation, settings: Settings, qtbot: QtBot, situation: Situation
) -> ChatPane:
    pane = ChatPane(situation, conversation, settings)
    qtbot.addWidget(pane)
    return pane


def pages(*given: list[ChatMessage]) -> Pages:
    """Return what gives these pages of a chat."""

    async def give() -> AsyncIterator[list[ChatMessage]]:
        for page in given:
            yield page

    return give


def show(pane: ChatPane, qtbot: QtBot) -> None:
    with qtbot.waitActive(pane, timeout=WAIT_MS):
        pane.show()
        pane.activateWindow()


def test_enter_sends_and_shift_enter_begins_a_new_line(
    pane: ChatPane, calls: FakeCalls, qtbot: QtBot
) -> None:
    QTest.keyClicks(pane.ui.input, "one")
    QTest.keyClick(pane.ui.input, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(pane.ui.input, "two")
    QTest.keyClick(pane.ui.input, Qt.Key.Key_Enter)
    qtbot.waitUntil(lambda: bool(calls.say_requests), timeout=WAIT_MS)
    assert calls.say_requests[0].text == "one\ntwo"
    assert pane.ui.input.toPlainText() == ""
    assert calls.signals[0].kind is SignalKind.TYPING


def test_blank_text_is_not_sent(pane: ChatPane, calls: FakeCalls) -> None:
    pane.ui.input.setPlainText(" \n ")
    pane.send()
    assert pane.ui.input.toPlainText() == " \n "


def test_a_message_that_is_too_long_stays_in_the_field(pane: ChatPane) -> None:
    pane.ui.input.setPlainText("x" * (CHAT_MAX + 1))
    pane.send()
    assert "at most 4000" in pane.ui.message.text()
    assert len(pane.ui.input.toPlainText()) == CHAT_MAX + 1


def test_the_customers_typing_is_shown_until_they_have_written(
    pane: ChatPane, conversation: Conversation, calls: FakeCalls
) -> None:
    pane.on_signal(Signal(kind=SignalKind.TYPING))
    assert pane.ui.typingLabel.text() == "Jean & <b> is writing…"
    conversation.add(calls.chat_message("there", "a"))
    assert pane.ui.typingLabel.text() == ""
    pane.on_signal(Signal(kind=SignalKind.TYPING))
    pane.typing_timer.timeout.emit()
    assert pane.ui.typingLabel.text() == ""


def test_a_message_that_nobody_sees_is_counted_and_announced(
    pane: ChatPane, conversation: Conversation, calls: FakeCalls, qtbot: QtBot
) -> None:
    called: list[None] = []
    conversation.unseen.connect(lambda: called.append(None))
    conversation.add(calls.chat_message("one", "a"))
    conversation.add(calls.chat_message("two", "b"))
    assert (pane.badge(), len(called)) == (2, 2)
    with qtbot.waitSignal(pane.badge_changed, timeout=WAIT_MS):
        show(pane, qtbot)
    assert pane.badge() == 0
    conversation.add(calls.chat_message("three", "c"))
    assert (pane.badge(), len(called)) == (0, 2)


def test_messages_from_before_the_section_opened_count_until_they_are_seen(
    conversation: Conversation,
    settings: Settings,
    calls: FakeCalls,
    qtbot: QtBot,
    situation: Situation,
) -> None:
    conversation.add(calls.chat_message("one", "a"))
    pane = ChatPane(situation, conversation, settings)
    qtbot.addWidget(pane)
    assert pane.badge() == 1
    show(pane, qtbot)
    assert (pane.badge(), conversation.unread) == (0, 0)


def test_once_the_session_is_over_the_chat_can_only_be_read(
    pane: ChatPane,
    conversation: Conversation,
    settings: Settings,
    calls: FakeCalls,
    situation: Situation,
) -> None:
    settings.chat_replies = ["https://help.example/faq"]
    conversation.add(calls.chat_message("thank you", "a"))
    pane.on_signal(Signal(kind=SignalKind.TYPING))
    situation.update(make_session(1, SessionStatus.CLOSED_BY_CUSTOMER, technician=ALICE))
    ui = pane.ui
    for widget in (ui.input, ui.sendButton, ui.repliesButton, ui.addressesButton):
        assert widget.isHidden()
    assert ui.typingLabel.text() == ""
    assert "thank you" in ui.view.toPlainText()
    assert ui.saveButton.isEnabled()
    ui.searchEdit.setText("thank")
    assert ui.foundLabel.text() == "1 of 1"


def test_a_draft_is_there_the_next_time(
    pane: ChatPane,
    conversation: Conversation,
    settings: Settings,
    qtbot: QtBot,
    situation: Situation,
) -> None:
    pane.ui.input.setPlainText("half a sen")
    pane.close()
    again = ChatPane(situation, conversation, settings)
    qtbot.addWidget(again)
    assert again.ui.input.toPlainText() == "half a sen"


def test_a_link_is_opened_only_once_confirmed(pane: ChatPane, qtbot: QtBot) -> None:
    show(pane, qtbot)
    pane.ui.view.link_chosen.emit("https://help.example/a")
    qtbot.waitUntil(lambda: pane.findChild(QMessageBox) is not None, timeout=WAIT_MS)
    box = pane.findChild(QMessageBox)
    assert box is not None
    assert "https://help.example/a" in box.text()
    box.reject()
    qtbot.waitUntil(lambda: pane.jobs.running == 0, timeout=WAIT_MS)


def test_a_prepared_reply_is_put_into_the_input(pane: ChatPane, settings: Settings) -> None:
    settings.chat_replies = ["https://help.example/faq", "Tom & Jerry " + "x" * 100]
    menu = pane.ui.repliesButton.menu()
    menu.aboutToShow.emit()
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert texts[0] == "https://help.example/faq"
    assert texts[1].startswith("Tom && Jerry x")
    assert texts[-1] == "Change the replies…"
    pane.ui.input.setPlainText("See ")
    pane.ui.input.moveCursor(pane.ui.input.textCursor().MoveOperation.End)
    menu.triggered.emit(menu.actions()[0])
    assert pane.ui.input.toPlainText() == "See https://help.example/faq"


def test_the_replies_can_be_changed(settings: Settings, qtbot: QtBot) -> None:
    dialog = RepliesDialog(settings)
    assert dialog.model.stringList() == replies(settings)
    dialog.ui.repliesView.setCurrentIndex(dialog.model.index(0))
    dialog.ui.removeButton.click()
    dialog.model.setStringList([*dialog.model.stringList(), "  mine  ", " "])
    dialog.accept()
    assert replies(settings)[-1] == "mine"
    assert "Hello, how can I help you?" not in replies(settings)


def test_a_reply_of_several_lines_is_shown_by_its_first_line(
    pane: ChatPane, settings: Settings
) -> None:
    dialog = RepliesDialog(settings)
    dialog.ui.addButton.click()
    dialog.ui.replyEdit.setPlainText("Please do this:\n1. Wait\n2. Tell me\n")
    dialog.accept()
    assert replies(settings)[-1] == "Please do this:\n1. Wait\n2. Tell me"
    menu = pane.ui.repliesButton.menu()
    menu.aboutToShow.emit()
    action = menu.actions()[len(replies(settings)) - 1]
    assert action.text() == "Please do this:…"
    menu.triggered.emit(action)
    assert pane.ui.input.toPlainText() == "Please do this:\n1. Wait\n2. Tell me"


def test_looking_through_the_replies_changes_none(settings: Settings) -> None:
    dialog = RepliesDialog(settings)
    before = dialog.model.stringList()
    for row in (0, 2, 1):
        dialog.ui.repliesView.setCurrentIndex(dialog.model.index(row))
        assert dialog.ui.replyEdit.toPlainText() == before[row]
    assert dialog.model.stringList() == before


def test_a_prepared_address_is_sent_with_one_click(
    conversation: Conversation,
    settings: Settings,
    calls: FakeCalls,
    qtbot: QtBot,
    situation: Situation,
) -> None:
    settings.chat_replies = [
        "Hello",
        "https://help.example/faq",
        "see https://x.example",
        "javascript:1",
    ]
    pane = ChatPane(situation, conversation, settings)
    qtbot.addWidget(pane)
    pane.ui.input.setPlainText("half a sentence")
    menu = pane.ui.addressesButton.menu()
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["https://help.example/faq"]
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: bool(calls.say_requests), timeout=WAIT_MS)
    assert calls.say_requests[0].text == "https://help.example/faq"
    assert pane.ui.input.toPlainText() == "half a sentence"


def test_a_technician_without_addresses_is_offered_none(pane: ChatPane) -> None:
    assert pane.ui.addressesButton.isHidden()


@pytest.mark.parametrize(("suffix", "marks"), [("txt", "x <b>"), ("html", "x &lt;b&gt;")])
def test_the_transcript_is_saved_in_the_format_of_its_suffix(
    pane: ChatPane, calls: FakeCalls, tmp_path: Path, suffix: str, marks: str, qtbot: QtBot
) -> None:
    path = tmp_path / f"chat.{suffix}"
    with qtbot.waitSignal(pane.saving.told, timeout=WAIT_MS):
        pane.saving.save(path, SESSION, pages([calls.chat_message("x <b>", "a")]))
    assert marks in path.read_text("utf-8")
    assert pane.ui.message.text() == f"Saved as {path.name}"


def test_a_transcript_that_cannot_be_saved_is_reported(
    pane: ChatPane, calls: FakeCalls, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(pane.saving.told, timeout=WAIT_MS):
        messages = pages([calls.chat_message("x", "a")])
        pane.saving.save(tmp_path / "no" / "chat.txt", SESSION, messages)
    assert "cannot be saved" in pane.ui.message.text()


def test_a_transcript_whose_pages_cannot_be_read_leaves_no_half_of_a_file(
    pane: ChatPane, calls: FakeCalls, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "chat.txt"
    path.write_text("the one before")

    async def broken() -> AsyncIterator[list[ChatMessage]]:
        yield [calls.chat_message("x", "a")]
        raise Unreachable(Why.TIMED_OUT)

    with qtbot.waitSignal(pane.saving.told, timeout=WAIT_MS):
        pane.saving.save(path, SESSION, broken)
    assert "The server did not answer in time" in pane.ui.message.text()
    assert [each.name for each in tmp_path.iterdir()] == ["chat.txt"]
    assert path.read_text() == "the one before"


def test_a_refusal_of_a_full_chat_says_what_to_do_and_keeps_the_text(
    pane: ChatPane, conversation: Conversation, calls: FakeCalls, qtbot: QtBot
) -> None:
    calls.fail("say", Refused(refuse(ProblemWord.CHAT_FULL, "As the server says.").problem))
    pane.ui.input.setPlainText("one more")
    pane.send()
    qtbot.waitUntil(lambda: "Not sent" in pane.ui.view.toPlainText(), timeout=WAIT_MS)
    assert "Create a new session" in pane.ui.view.toPlainText()
    assert "one more" in pane.ui.view.toPlainText()


def test_the_search_says_when_not_all_messages_are_shown(
    pane: ChatPane, conversation: Conversation, calls: FakeCalls
) -> None:
    conversation.add(calls.chat_message("printer", "a"))
    conversation.log.earlier = True
    pane.ui.searchEdit.setText("scanner")
    assert pane.ui.foundLabel.text() == "Not found in the messages shown"


def test_the_file_name_cannot_lead_elsewhere() -> None:
    name = file_name(make_session(1, name="../../etc/passwd"))
    assert "/" not in name
    assert ".." not in name


def test_the_search_says_which_place_of_how_many(
    pane: ChatPane, conversation: Conversation, calls: FakeCalls
) -> None:
    conversation.add(calls.chat_message("printer, printer", "a"))
    pane.ui.searchEdit.setText("printer")
    assert pane.ui.foundLabel.text() == "2 of 2"
    pane.ui.nextButton.click()
    assert pane.ui.foundLabel.text() == "1 of 2"
    pane.ui.searchEdit.setText("scanner")
    assert pane.ui.foundLabel.text() == "Not found"


@pytest.mark.usefixtures("french")
def test_the_section_speaks_french(pane: ChatPane) -> None:
    assert pane.title() == "Discussion"
    assert pane.ui.sendButton.text() == "Envoyer"


def test_a_draft_is_there_in_the_next_section_until_it_is_sent(
    pane: ChatPane,
    conversation: Conversation,
    settings: Settings,
    calls: FakeCalls,
    qtbot: QtBot,
    standing: Standing,
    situation: Situation,
) -> None:
    QTest.keyClicks(pane.ui.input, "Press the red ")
    standing.online = False
    standing.online = True
    assert pane.ui.input.toPlainText() == "Press the red "
    following = ChatPane(situation, conversation, settings)
    qtbot.addWidget(following)
    assert following.ui.input.toPlainText() == "Press the red "
    following.ui.input.insertPlainText("button. ")
    following.send()
    qtbot.waitUntil(lambda: bool(calls.said), timeout=WAIT_MS)
    assert conversation.draft == ""
