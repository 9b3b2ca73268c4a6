import msgspec
import pytest

from rescue_console.desktop.actions.actions import SessionAction, why_not
from rescue_console.protocol.answers import GroupRef, Me, Transfer
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.settings import ResolvedSettings
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.technicians.sessions import ALICE, BRUNO, make_session

ACTIVE_MINE = make_session(1, SessionStatus.ACTIVE, technician=ALICE)
AT_MOST_3 = (
    "You have 3 active sessions, the most that your group allows. Close one or put one on hold "
    "first."
)
ACTIVE_OTHER = make_session(1, SessionStatus.ACTIVE, technician=BRUNO)


def without(me: Me, *permissions: Permission) -> Me:
    kept = [each for each in me.permissions if each not in permissions]
    return msgspec.structs.replace(me, permissions=kept)


@pytest.mark.parametrize("action", list(SessionAction))
def test_nothing_can_be_done_offline_and_the_reason_says_so(action: SessionAction, me: Me) -> None:
    assert "no connection" in why_not(action, ACTIVE_MINE, me, online=False)


@pytest.mark.parametrize("status", list(SessionStatus))
def test_start_needs_a_customer_who_is_there(status: SessionStatus, me: Me) -> None:
    session = make_session(1, status)
    startable = {SessionStatus.WAITING, SessionStatus.ON_HOLD, SessionStatus.TRANSFERRING}
    assert (not why_not(SessionAction.START, session, me, online=True)) == (status in startable)


@pytest.mark.parametrize(
    ("action", "missing"),
    [
        (SessionAction.NEW_SESSION, Permission.PRIVATE_SESSIONS),
        (SessionAction.HOLD, Permission.HOLD_SESSIONS),
        (SessionAction.TRANSFER, Permission.TRANSFER_SESSIONS),
    ],
)
def test_a_missing_permission_is_named(action: SessionAction, missing: Permission, me: Me) -> None:
    assert not why_not(action, ACTIVE_MINE, me, online=True)
    reason = why_not(action, ACTIVE_MINE, without(me, missing), online=True)
    assert missing.value.split("_")[0] in reason.lower()


def test_without_any_method_no_session_can_be_created(me: Me) -> None:
    methods = (Permission.METHOD_PIN, Permission.METHOD_EMAIL, Permission.METHOD_LINK)
    assert why_not(SessionAction.NEW_SESSION, None, without(me, *methods), online=True)


@pytest.mark.parametrize("action", [SessionAction.START, SessionAction.HOLD, SessionAction.CLOSE])
def test_a_colleagues_session_names_the_colleague(action: SessionAction, me: Me) -> None:
    assert "Bruno Leroy" in why_not(action, ACTIVE_OTHER, me, online=True)


def test_an_administrator_may_close_a_colleagues_session(me: Me) -> None:
    boss = msgspec.structs.replace(me, administrator=True)
    assert not why_not(SessionAction.CLOSE, ACTIVE_OTHER, boss, online=True)


def test_a_technician_may_take_back_a_session_that_they_transfer(me: Me) -> None:
    given = Transfer(from_technician=ALICE, to_technician=BRUNO)
    session = make_session(
        1, SessionStatus.TRANSFERRING, technician=ALICE, transfer=given, created_by=ALICE
    )
    assert not why_not(SessionAction.START, session, me, online=True)


def test_a_session_offered_to_somebody_else_cannot_be_taken_over(me: Me) -> None:
    chloe = msgspec.structs.replace(me, id="t3")
    given = Transfer(from_technician=ALICE, to_technician=BRUNO)
    session = make_session(1, SessionStatus.TRANSFERRING, technician=ALICE, transfer=given)
    assert "Bruno Leroy" in why_not(SessionAction.START, session, chloe, online=True)


def test_a_session_offered_to_a_group_may_be_taken_over_by_those_who_see_it(me: Me) -> None:
    given = Transfer(from_technician=BRUNO, to_group=GroupRef(id="g2", name="Second line"))
    session = make_session(1, SessionStatus.TRANSFERRING, technician=BRUNO, transfer=given)
    assert "Second line" in why_not(SessionAction.START, session, me, online=True)
    insider = msgspec.structs.replace(me, visible_groups=["g2"])
    assert not why_not(SessionAction.START, session, insider, online=True)


def test_without_a_selected_session_the_reason_asks_for_one(me: Me) -> None:
    assert "Select" in why_not(SessionAction.START, None, me, online=True)


@pytest.mark.parametrize(("helping", "possible"), [(2, True), (3, False), (4, False)])
def test_no_session_is_started_beyond_the_groups_limit(
    helping: int, possible: bool, me: Me
) -> None:
    limited = msgspec.structs.replace(me, settings=ResolvedSettings(max_active_sessions=3))
    waiting = make_session(1, SessionStatus.WAITING)
    reason = why_not(SessionAction.START, waiting, limited, online=True, helping=helping)
    assert reason == ("" if possible else AT_MOST_3)
