from rescue_console.desktop.waiting_watch import WaitingWatch
from rescue_console.protocol.answers import Me, Session, Transfer
from rescue_console.protocol.statuses import SessionStatus
from tests.desktop.sessions import ALICE, BRUNO, make_session


def called(before: Session | None, after: Session, me: Me) -> bool:
    watch = WaitingWatch(lambda _: before)
    return watch.newly_waiting([after], me) == [after]


def test_a_customer_who_begins_to_wait_is_called_out(me: Me) -> None:
    assert called(make_session(1, SessionStatus.CONNECTING), make_session(1), me)
    assert called(None, make_session(1), me)


def test_a_customer_who_goes_on_waiting_is_not_called_out_again(me: Me) -> None:
    assert not called(make_session(1), make_session(1, name="Renamed"), me)


def test_a_customer_of_a_colleague_is_not_called_out(me: Me) -> None:
    assert not called(None, make_session(1, technician=BRUNO), me)


def test_an_incoming_transfer_is_called_out_and_an_outgoing_one_is_not(me: Me) -> None:
    incoming = Transfer(from_technician=BRUNO, to_technician=ALICE)
    outgoing = Transfer(from_technician=ALICE, to_technician=BRUNO)
    status = SessionStatus.TRANSFERRING
    assert called(None, make_session(1, status, technician=BRUNO, transfer=incoming), me)
    assert not called(None, make_session(1, status, technician=ALICE, transfer=outgoing), me)
