import msgspec

from rescue_console.desktop.session_list.waiting_watch import WaitingWatch
from rescue_console.protocol.answers import GroupRef, Me, Session, Transfer
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.technicians.sessions import ALICE, BRUNO, make_session


def announced(before: Session | None, after: Session, me: Me) -> bool:
    watch = WaitingWatch(lambda _: before)
    return watch.newly_waiting([after], me) == [after]


def test_a_customer_who_begins_to_wait_is_announced(me: Me) -> None:
    assert announced(make_session(1, SessionStatus.CONNECTING), make_session(1), me)
    assert announced(None, make_session(1), me)


def test_a_customer_who_keeps_waiting_is_not_announced_again(me: Me) -> None:
    assert not announced(make_session(1), make_session(1, name="Renamed"), me)


def test_a_colleagues_customer_is_not_announced(me: Me) -> None:
    assert not announced(None, make_session(1, technician=BRUNO), me)


def test_an_incoming_transfer_is_announced_and_an_outgoing_one_is_not(me: Me) -> None:
    incoming = Transfer(from_technician=BRUNO, to_technician=ALICE)
    outgoing = Transfer(from_technician=ALICE, to_technician=BRUNO)
    status = SessionStatus.TRANSFERRING
    assert announced(None, make_session(1, status, technician=BRUNO, transfer=incoming), me)
    assert not announced(None, make_session(1, status, technician=ALICE, transfer=outgoing), me)


def test_a_transfer_to_a_group_is_announced_to_those_who_see_the_group(me: Me) -> None:
    to_group = Transfer(from_technician=BRUNO, to_group=GroupRef(id="g2", name="Second line"))
    session = make_session(1, SessionStatus.TRANSFERRING, technician=BRUNO, transfer=to_group)
    assert not announced(None, session, me)
    assert announced(None, session, msgspec.structs.replace(me, visible_groups=["g1", "g2"]))


def test_the_end_of_my_own_session_is_announced_once(me: Me) -> None:
    over = SessionStatus.CLOSED_BY_CUSTOMER
    mine, others = make_session(1, over, technician=ALICE), make_session(2, over, technician=BRUNO)
    before = make_session(1, SessionStatus.ON_HOLD, technician=ALICE)
    assert WaitingWatch(lambda _: before).newly_over([mine, others], me) == [mine]
    assert WaitingWatch(lambda _: mine).newly_over([mine], me) == []
    assert WaitingWatch(lambda _: None).newly_over([mine], me) == []
