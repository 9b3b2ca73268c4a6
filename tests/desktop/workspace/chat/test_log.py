from hypothesis import given
from hypothesis import strategies as st

from rescue_console.desktop.workspace.chat.log import ChatLog
from rescue_console.protocol.limits import CHAT_SHOWN_MAX
from tests.stage.technicians.fake_calls import NOW
from tests.stage.technicians.messages import message


@given(st.lists(st.integers(1, 30)))
def test_messages_are_kept_once_and_in_the_servers_order(numbers: list[int]) -> None:
    log = ChatLog("t1")
    for number in numbers:
        log.add(message(number))
    assert [message.number for message in log.messages] == sorted(set(numbers))


def test_what_the_server_has_accepted_is_no_longer_on_its_way() -> None:
    log = ChatLog("t1")
    log.write("a", "one", NOW)
    log.write("b", "two", NOW)
    assert log.add(message(1, "a", "t1"))
    assert [unsent.key for unsent in log.unsent] == ["b"]


def test_the_customers_key_does_not_confirm_a_technicians_message() -> None:
    log = ChatLog("t1")
    log.write("a", "one", NOW)
    log.add(message(1, "a"))
    assert [unsent.key for unsent in log.unsent] == ["a"]


def test_a_refused_message_does_not_hold_up_the_next() -> None:
    log = ChatLog("t1")
    log.write("a", "one", NOW)
    log.write("b", "two", NOW)
    log.refuse("a", "no")
    assert log.next_unsent is not None
    assert log.next_unsent.key == "b"


def test_a_message_sent_again_comes_after_those_written_meanwhile() -> None:
    log = ChatLog("t1")
    log.write("a", "one", NOW)
    log.refuse("a", "no")
    log.write("b", "two", NOW)
    log.retry("a")
    assert [(unsent.key, unsent.problem) for unsent in log.unsent] == [("b", ""), ("a", "")]


def numbers(log: ChatLog) -> list[int]:
    return [message.number for message in log.messages]


def filled(first: int, last: int) -> ChatLog:
    log = ChatLog("t1")
    for number in range(first, last + 1):
        assert log.add(message(number))
    return log


def test_of_a_long_chat_only_the_end_is_held() -> None:
    log = filled(1, 10 * CHAT_SHOWN_MAX)
    assert len(log.messages) <= CHAT_SHOWN_MAX
    assert numbers(log)[-1] == 10 * CHAT_SHOWN_MAX
    assert (log.earlier, log.later) == (True, False)
    assert not log.add(message(1))


def test_earlier_messages_make_the_latest_wait_outside() -> None:
    log = filled(CHAT_SHOWN_MAX, 2 * CHAT_SHOWN_MAX - 1)
    log.put_before([message(number) for number in range(1, CHAT_SHOWN_MAX)], more=False)
    assert numbers(log) == list(range(1, CHAT_SHOWN_MAX + 1))
    assert (log.earlier, log.later) == (False, True)
    new = 2 * CHAT_SHOWN_MAX
    assert log.add(message(new))
    assert not log.add(message(new))
    assert numbers(log)[-1] == CHAT_SHOWN_MAX


def test_a_message_that_arrives_while_the_latest_are_read_is_not_lost() -> None:
    log = filled(1, 2)
    log.add(message(9))
    assert [each.number for each in log.start_from([message(7), message(8)], more=True)] == []
    assert numbers(log) == [7, 8, 9]
    assert (log.earlier, log.later) == (True, False)
    earlier = filled(5, CHAT_SHOWN_MAX + 5)
    earlier.put_before([message(number) for number in range(1, 5)], more=False)
    earlier.later = True
    earlier.add(message(CHAT_SHOWN_MAX + 9))
    earlier.start_from([message(CHAT_SHOWN_MAX + 8)], more=True)
    assert earlier.later


def test_my_own_message_in_the_newest_page_is_no_longer_on_its_way() -> None:
    log = ChatLog("t1")
    log.write("a", "one", NOW)
    log.start_from([message(4, "a", "t1")], more=True)
    assert log.unsent == []
