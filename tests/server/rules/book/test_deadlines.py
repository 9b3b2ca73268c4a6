"""When a status ends by itself, as plain data."""

from datetime import UTC, datetime, timedelta

import pytest

from rescue_console.protocol.settings import ResolvedSettings
from rescue_console.protocol.statuses import SessionStatus, is_over, may_change
from rescue_console.server.rules.book.deadlines import Deadline, deadline

SINCE = datetime(2026, 3, 1, 9, 5, tzinfo=UTC)
EXPIRES = SINCE + timedelta(hours=24)
LIMITS = ResolvedSettings(waiting_minutes=7, idle_minutes=11)
NEVER = ResolvedSettings(waiting_minutes=0, idle_minutes=0)
S = SessionStatus

ENDS = {
    S.INVITED: Deadline(EXPIRES, S.EXPIRED),
    S.CONNECTING: Deadline(EXPIRES, S.EXPIRED),
    S.WAITING: Deadline(SINCE + timedelta(minutes=7), S.TIMED_OUT),
    S.TRANSFERRING: Deadline(SINCE + timedelta(minutes=7), S.TIMED_OUT),
    S.ACTIVE: Deadline(SINCE + timedelta(minutes=11), S.TIMED_OUT),
    S.OFFLINE: Deadline(SINCE + timedelta(minutes=11), S.TIMED_OUT),
    S.ON_HOLD: Deadline(SINCE + timedelta(days=14), S.CLOSED_BY_TECHNICIAN),
    S.RECONNECTING: Deadline(SINCE + timedelta(minutes=5), S.OFFLINE),
    S.REBOOTING: Deadline(SINCE + timedelta(minutes=5), S.OFFLINE),
}


@pytest.mark.parametrize("status", SessionStatus)
def test_a_status_ends_when_the_glossary_says(status: SessionStatus) -> None:
    assert deadline(status, SINCE, EXPIRES, LIMITS) == ENDS.get(status)


@pytest.mark.parametrize("status", SessionStatus)
def test_only_an_active_session_ends_later_because_of_activity(
    status: SessionStatus,
) -> None:
    lively = deadline(status, SINCE, EXPIRES, LIMITS, SINCE + timedelta(minutes=3))
    later = Deadline(SINCE + timedelta(minutes=14), S.TIMED_OUT)
    assert lively == (later if status is S.ACTIVE else ENDS.get(status))


def test_activity_before_a_session_became_active_does_not_end_it_earlier() -> None:
    before = SINCE - timedelta(minutes=3)
    assert deadline(S.ACTIVE, SINCE, EXPIRES, LIMITS, before) == ENDS[S.ACTIVE]


@pytest.mark.parametrize("status", SessionStatus)
def test_only_a_session_that_is_over_has_no_deadline(status: SessionStatus) -> None:
    assert (status in ENDS) != is_over(status)


@pytest.mark.parametrize("status", ENDS)
def test_the_status_that_follows_is_allowed_to_follow(status: SessionStatus) -> None:
    assert may_change(status, ENDS[status].then)


@pytest.mark.parametrize("status", [S.WAITING, S.TRANSFERRING, S.ACTIVE, S.OFFLINE])
def test_a_limit_of_zero_means_never(status: SessionStatus) -> None:
    assert deadline(status, SINCE, EXPIRES, NEVER) is None


@pytest.mark.parametrize("status", [S.INVITED, S.CONNECTING])
def test_a_code_without_a_limit_does_not_expire(status: SessionStatus) -> None:
    assert deadline(status, SINCE, None, LIMITS) is None


@pytest.mark.parametrize("status", [S.ON_HOLD, S.RECONNECTING, S.REBOOTING])
def test_fixed_limits_hold_whatever_the_group_sets(status: SessionStatus) -> None:
    assert deadline(status, SINCE, EXPIRES, NEVER) == ENDS[status]
