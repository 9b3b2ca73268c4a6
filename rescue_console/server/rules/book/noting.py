"""How often activity in a session is noted. Pure: no clock, no database."""

from datetime import datetime, timedelta

from rescue_console.protocol.settings import ResolvedSettings
from rescue_console.protocol.statuses import SessionStatus

_LONGEST = timedelta(minutes=1)
_PARTS_OF_LIMIT = 4


def noting_pause(settings: ResolvedSettings) -> timedelta:
    """Return for how long activity that has been noted need not be noted again.

    A minute, or less where the idle limit is a few minutes: a session ends too early by at most
    that much.
    """
    limit = timedelta(minutes=settings.idle_minutes)
    return min(_LONGEST, limit / _PARTS_OF_LIMIT) if limit else _LONGEST


def worth_noting(
    status: SessionStatus, active_at: datetime | None, now: datetime, settings: ResolvedSettings
) -> bool:
    """Tell whether activity at *now* is to be noted, when the last that was is at *active_at*.

    Only an active session can be idle.
    """
    if status is not SessionStatus.ACTIVE:
        return False
    return active_at is None or now - active_at >= noting_pause(settings)
