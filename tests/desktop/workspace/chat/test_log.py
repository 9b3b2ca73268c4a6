from hypothesis import given
from hypothesis import strategies as st

from rescue_console.desktop.workspace.chat.log import ChatLog
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
