"""How often activity is noted, as plain data."""

from datetime import UTC, datetime, timedelta

import pytest

from rescue_console.protocol.settings import ResolvedSettings
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.rules.book.noting import noting_pause, worth_noting

NOW = datetime(2026, 3, 1, 9, 5, tzinfo=UTC)
LIMITS = ResolvedSettings(idle_minutes=30)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("status", SessionStatus)
def test_only_an_active_session_can_be_idle(status: SessionStatus) -> None:
    assert worth_noting(status, None, NOW, LIMITS) is (status is SessionStatus.ACTIVE)


def test_activity_is_noted_once_a_minute() -> None:
    active = SessionStatus.ACTIVE
    assert not worth_noting(active, NOW - MINUTE + timedelta(microseconds=1), NOW, LIMITS)
    assert worth_noting(active, NOW - MINUTE, NOW, LIMITS)


@pytest.mark.parametrize(
    ("limit", "pause_s"), [(0, 60), (1, 15), (2, 30), (3, 45), (4, 60), (5, 60), (999, 60)]
)
def test_a_short_limit_loses_at_most_a_quarter(limit: int, pause_s: int) -> None:
    assert noting_pause(ResolvedSettings(idle_minutes=limit)) == timedelta(seconds=pause_s)
