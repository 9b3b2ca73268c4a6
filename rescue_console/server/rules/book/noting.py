"""How often activity in a session is noted. Pure: no clock, no database."""

from datetime import datetime, timedelta

from rescue_console.protocol.settings import ResolvedSettings
from rescue_console.protocol.statuses import SessionStatus

_LONGEST = timedelta(minutes=1)
_PARTS_OF_LIMIT = 4


def noting_pause(settings: ResolvedSettings) -> timedelta:
    """Return for how long after activity has been noted no more needs to be noted.

    This is a minute, or less where the idle limit is only a few minutes. A session may end too
    early by at most this much.
    """
    limit = timedelta(minutes=settings.idle_minutes)
    return min(_LONGEST, limit / _PARTS_OF_LIMIT) if limit else _LONGEST


def worth_noting(
    status: SessionStatus, active_at: datetime | None, now: datetime, settings: ResolvedSettings
) -> bool:
    """Tell whether to note activity at *now*, given that it was last noted at *active_at*.

    Only an active session can be idle.
    """
    if status is not SessionStatus.ACTIVE:
        return False
    return active_at is None or now - active_at >= noting_pause(settings)
