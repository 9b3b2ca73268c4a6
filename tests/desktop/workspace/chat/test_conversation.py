import asyncio
from pathlib import Path

import pytest
import qasync
from pytestqt.qtbot import QtBot

from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.workspace.chat.conversation import Conversation
from rescue_console.desktop.workspace.chat.conversations import Conversations
from rescue_console.desktop.workspace.chat.kept import KeptChats
from rescue_console.network.errors import Refused, SignedOut, Unreachable, Why
from rescue_console.protocol.answers import Me
from rescue_console.protocol.limits import CHAT_PAGE_SIZE, CHAT_SHOWN_MAX
from rescue_console.protocol.problems import Problem
from rescue_console.protocol.signals import SignalKind
from tests.stage.technicians.fake_calls import FakeCalls

WAIT_MS = 20_000
PROBLEM = Problem(type="urn:x:invalid", title="", status=400, detail="Type something to send.")


@pytest.fixture
def standing(me: Me) -> Standing:
    return Standing(me)


@pytest.fixture
def conversation(qt_loop: qasync.QEventLoop, calls: FakeCalls, standing: Standing) -> Conversation:
    return Conversation("s1", standing, calls)


@pytest.fixture
def kept(tmp_path: Path) -> KeptChats:
    return KeptChats(tmp_path / "chats", "https://a.example", "t1")


def said(conversation: Conversation) -> list[str]:
    return [message.text for message in conversation.log.messages]


def test_what_is_written_is_sent_in_order(
    conversation: Conversation, calls: FakeCalls, qtbot: QtBot, standing: Standing
) -> None:
    standing.online = True
    conversation.say("one")
    conversation.say("two")
    qtbot.waitUntil(lambda: said(conversation) == ["one", "two"], timeout=WAIT_MS)
    assert conversation.log.unsent == []


def test_after_a_lost_answer_the_message_is_sent_again_and_stored_once(
    conversation: Conversation, calls: FakeCalls, qtbot: QtBot, standing: Standing
) -> None:
    calls.lost_answers.add("say")
    calls.fail("say", Unreachable(Why.LOST))
    standing.online = True
    conversation.say("one")
    qtbot.waitUntil(lambda: said(conversation) == ["one"], timeout=WAIT_MS)
    assert len({request.key for request in calls.say_requests}) == 1
    assert len(calls.said) == 1


def test_what_is_written_offline_is_sent_once_online_again(
    conversation: Conversation, calls: FakeCalls, qtbot: QtBot, standing: Standing
) -> None:
    calls.fail("say", Unreachable(Why.CONNECTION_REFUSED))
    conversation.say("one")
    conversation.say("two")
    qtbot.waitUntil(lambda: conversation.jobs.running == 0, timeout=WAIT_MS)
    assert [unsent.text for unsent in conversation.log.unsent] == ["one", "two"]
    standing.online = True
    qtbot.waitUntil(lambda: said(conversation) == ["one", "two"], timeout=WAIT_MS)


def test_a_refused_message_says_why_and_the_next_one_is_sent(
    conversation: Conversation, calls: FakeCalls, qtbot: QtBot, standing: Standing
) -> None:
    calls.fail("say", Refused(PROBLEM))
    standing.online = True
    conversation.say("bad")
    conversation.say("good")
    qtbot.waitUntil(lambda: said(conversation) == ["good"], timeout=WAIT_MS)
    assert [unsent.problem for unsent in conversation.log.unsent] == ["Type something to send."]
    conversation.retry(conversation.log.unsent[0].key)
    qtbot.waitUntil(lambda: said(conversation) == ["good", "bad"], timeout=WAIT_MS)


def test_messages_missed_while_offline_are_read_later_and_announced(
    conversation: Conversation, calls: FakeCalls, qtbot: QtBot, standing: Standing
) -> None:
    calls.said["a"] = calls.chat_message("before", "a")
    arrived: list[str] = []
    conversation.arrived.connect(lambda message: arrived.append(message.text))
    standing.online = True
    qtbot.waitUntil(lambda: said(conversation) == ["before"], timeout=WAIT_MS)
    assert arrived == []
    standing.online = False
    calls.said["b"] = calls.chat_message("meanwhile", "b")
    standing.online = True
    qtbot.waitUntil(lambda: said(conversation) == ["before", "meanwhile"], timeout=WAIT_MS)
    assert arrived == ["meanwhile"]


def test_a_message_of_another_session_is_not_added(
    conversation: Conversation, calls: FakeCalls
) -> None:
    conversation.add(calls.chat_message("elsewhere", "a", session_id="s2"))
    assert said(conversation) == []


def test_typing_is_signalled_only_once_in_a_while(
    conversation: Conversation, calls: FakeCalls, qtbot: QtBot, standing: Standing
) -> None:
    standing.online = True
    for _ in range(5):
        conversation.tell_typing()
    qtbot.waitUntil(lambda: conversation.jobs.running == 0, timeout=WAIT_MS)
    assert [signal.kind for signal in calls.signals] == [SignalKind.TYPING]


def test_a_chat_that_cannot_be_read_says_why_and_is_read_again(
    conversation: Conversation, calls: FakeCalls, qtbot: QtBot, standing: Standing
) -> None:
    calls.fail("chat", Unreachable(Why.TIMED_OUT))
    standing.online = True
    troubles: list[str] = []
    conversation.changed.connect(lambda: troubles.append(conversation.trouble))
    calls.said["a"] = calls.chat_message("before", "a")
    qtbot.waitUntil(lambda: said(conversation) == ["before"], timeout=WAIT_MS)
    assert troubles[0].startswith("The server did not answer in time.")
    assert troubles[-1] == ""


def test_a_conversation_outlives_its_section(
    qt_loop: qasync.QEventLoop, calls: FakeCalls, kept: KeptChats, qtbot: QtBot, standing: Standing
) -> None:
    conversations = Conversations(standing, calls, lambda session_id: False, kept)
    conversations.of("s1").say("on its way")
    conversations.of("s1").draft = "half a sentence"
    standing.online = True
    qtbot.waitUntil(lambda: said(conversations.of("s1")) == ["on its way"], timeout=WAIT_MS)
    assert conversations.of("s1").draft == "half a sentence"


def test_what_a_customer_on_hold_writes_is_counted_and_announced(
    qt_loop: qasync.QEventLoop, calls: FakeCalls, kept: KeptChats, standing: Standing
) -> None:
    conversations = Conversations(standing, calls, lambda session_id: session_id == "s1", kept)
    unseen: list[str] = []
    conversations.unseen.connect(unseen.append)
    conversations.add(calls.chat_message("are you there?", "a"))
    conversations.add(calls.chat_message("elsewhere", "b", session_id="s2"))
    assert unseen == ["s1"]
    assert (conversations.unread("s1"), conversations.unread("s2")) == (1, 0)
    conversations.of("s1").see()
    assert conversations.unread("s1") == 0


def test_what_colleagues_write_is_not_announced(
    qt_loop: qasync.QEventLoop, calls: FakeCalls, kept: KeptChats, standing: Standing
) -> None:
    conversations = Conversations(standing, calls, lambda session_id: True, kept)
    unseen: list[str] = []
    conversations.unseen.connect(unseen.append)
    conversations.add(calls.chat_message("hello", "a", technician_id="t2"))
    assert unseen == []
    assert conversations.unread("s1") == 0


def test_after_the_next_sign_in_unsent_messages_go_with_their_keys_and_drafts_are_back(
    qt_loop: qasync.QEventLoop, calls: FakeCalls, kept: KeptChats, qtbot: QtBot, standing: Standing
) -> None:
    calls.fail("say", SignedOut())
    before = Conversations(standing, calls, lambda session_id: True, kept)
    standing.online = True
    before.of("s1").say("on its way")
    before.of("s1").draft = "half a"
    before.of("s1").draft = "half a sentence"
    qtbot.waitUntil(lambda: before.of("s1").jobs.running == 0, timeout=WAIT_MS)
    assert before.on_the_way == 1
    ended = asyncio.ensure_future(before.aclose())
    qtbot.waitUntil(ended.done, timeout=WAIT_MS)
    standing.online = False
    after = Conversations(standing, calls, lambda session_id: True, kept)
    assert after.on_the_way == 1
    standing.online = True
    qtbot.waitUntil(lambda: said(after.of("s1")) == ["on its way"], timeout=WAIT_MS)
    assert len({request.key for request in calls.say_requests}) == 1
    assert after.on_the_way == 0
    assert after.of("s1").draft == "half a sentence"
    assert kept.all()["s1"].unsent == ()
    after.of("s1").draft = ""
    qtbot.waitUntil(lambda: kept.all() == {}, timeout=WAIT_MS)


def test_a_message_is_on_disk_before_it_is_sent_and_a_refused_one_stays_refused(
    qt_loop: qasync.QEventLoop, calls: FakeCalls, kept: KeptChats, qtbot: QtBot, standing: Standing
) -> None:
    conversations = Conversations(standing, calls, lambda session_id: True, kept)
    calls.fail("say", Refused(PROBLEM))
    conversations.of("s1").say("bad")
    assert [unsent.text for unsent in kept.all()["s1"].unsent] == ["bad"]
    qtbot.waitUntil(lambda: conversations.on_the_way == 0, timeout=WAIT_MS)
    after = Conversations(standing, calls, lambda session_id: True, kept)
    assert after.on_the_way == 0
    [refused] = after.of("s1").log.unsent
    assert refused.problem == "Type something to send."
    after.of("s1").discard(refused.key)
    assert kept.all() == {}


def write_before(calls: FakeCalls, first: int, last: int) -> list[str]:
    texts = [f"text {number}" for number in range(first, last + 1)]
    for text in texts:
        calls.said[text] = calls.chat_message(text, text)
    return texts


def read_earlier(conversation: Conversation, qtbot: QtBot) -> None:
    first = said(conversation)[0]
    conversation.read_earlier()
    qtbot.waitUntil(lambda: said(conversation)[0] != first, timeout=WAIT_MS)


@pytest.mark.parametrize("whole", [False, True])
def test_a_long_chat_is_read_from_its_end_and_earlier_pages_when_wanted(
    conversation: Conversation,
    calls: FakeCalls,
    qtbot: QtBot,
    standing: Standing,
    whole: bool,
) -> None:
    calls.pages_whole_chat = whole
    texts = write_before(calls, 1, 2 * CHAT_SHOWN_MAX)
    standing.online = True
    qtbot.waitUntil(lambda: bool(said(conversation)), timeout=WAIT_MS)
    assert said(conversation)[-1] == texts[-1]
    assert len(said(conversation)) <= CHAT_SHOWN_MAX
    assert conversation.unread == 0
    for _ in range(2 * CHAT_SHOWN_MAX // CHAT_PAGE_SIZE):
        if said(conversation)[0] == texts[0]:
            break
        read_earlier(conversation, qtbot)
        held = said(conversation)
        start = texts.index(held[0])
        assert held == texts[start : start + len(held)]
        assert len(held) <= CHAT_SHOWN_MAX
    assert said(conversation)[0] == texts[0]
    assert (conversation.log.earlier, conversation.log.later) == (False, True)
    conversation.read_latest()
    qtbot.waitUntil(lambda: said(conversation)[-1] == texts[-1], timeout=WAIT_MS)
    assert not conversation.log.later


def test_what_arrives_while_earlier_messages_are_shown_is_announced_and_waits(
    conversation: Conversation, calls: FakeCalls, qtbot: QtBot, standing: Standing
) -> None:
    write_before(calls, 1, 2)
    standing.online = True
    qtbot.waitUntil(lambda: bool(said(conversation)), timeout=WAIT_MS)
    conversation.log.later = True
    new = calls.said["new"] = calls.chat_message("new", "new")
    conversation.add(new)
    assert conversation.unread == 1
    assert "new" not in said(conversation)
    conversation.say("mine")
    qtbot.waitUntil(lambda: said(conversation)[-2:] == ["new", "mine"], timeout=WAIT_MS)
    assert conversation.unread == 1


def test_after_a_long_absence_the_newest_page_is_shown(
    conversation: Conversation, calls: FakeCalls, qtbot: QtBot, standing: Standing
) -> None:
    write_before(calls, 1, 2)
    standing.online = True
    qtbot.waitUntil(lambda: bool(said(conversation)), timeout=WAIT_MS)
    standing.online = False
    texts = write_before(calls, 3, 3 + 2 * CHAT_PAGE_SIZE)
    standing.online = True
    qtbot.waitUntil(lambda: said(conversation) == texts[-CHAT_PAGE_SIZE:], timeout=WAIT_MS)
    assert conversation.log.earlier
    assert conversation.unread == CHAT_PAGE_SIZE


def test_a_page_that_cannot_be_read_says_why_and_can_be_read_again(
    conversation: Conversation, calls: FakeCalls, qtbot: QtBot, standing: Standing
) -> None:
    texts = write_before(calls, 1, CHAT_PAGE_SIZE + 1)
    standing.online = True
    qtbot.waitUntil(lambda: bool(said(conversation)), timeout=WAIT_MS)
    calls.fail("chat", Unreachable(Why.TIMED_OUT))
    conversation.read_earlier()
    qtbot.waitUntil(lambda: bool(conversation.trouble), timeout=WAIT_MS)
    conversation.read_earlier()
    qtbot.waitUntil(lambda: said(conversation) == texts, timeout=WAIT_MS)
    assert conversation.trouble == ""


def test_all_pages_are_there_for_a_transcript(
    conversation: Conversation, calls: FakeCalls, qtbot: QtBot, standing: Standing
) -> None:
    texts = write_before(calls, 1, 2 * CHAT_SHOWN_MAX)
    standing.online = True
    qtbot.waitUntil(lambda: bool(said(conversation)), timeout=WAIT_MS)
    read: list[str] = []

    async def read_all() -> None:
        async for messages in conversation.pages():
            read.extend(message.text for message in messages)

    reading = asyncio.ensure_future(read_all())
    qtbot.waitUntil(reading.done, timeout=WAIT_MS)
    assert read == texts
