"""When a session's status ends by itself, and what follows. Pure: no clock, no database."""

from datetime import datetime, timedelta
from typing import NamedTuple, assert_never

from rescue_console.protocol.limits import ON_HOLD_DAYS, RECONNECT_MINUTES
from rescue_console.protocol.settings import ResolvedSettings
from rescue_console.protocol.statuses import SessionStatus


class Deadline(NamedTuple):
    """The moment at which a status ends by itself, and the status that follows."""

    at: datetime
    then: SessionStatus


def deadline(
    status: SessionStatus,
    since: datetime,
    expires_at: datetime | None,
    settings: ResolvedSettings,
    active_at: datetime | None = None,
) -> Deadline | None:
    """Return when and how *status*, entered at *since*, ends by itself; ``None`` = never.

    Args:
        active_at: When activity in the session was last noted; only an active session counts as
            idle from then on.

    Time limits are the group's settings, where 0 means never. A lost customer is offline after
    RECONNECT_MINUTES, and a session stays on hold for ON_HOLD_DAYS at most.
    """
    match status:
        case SessionStatus.INVITED | SessionStatus.CONNECTING:
            return Deadline(expires_at, SessionStatus.EXPIRED) if expires_at else None
        case SessionStatus.WAITING | SessionStatus.TRANSFERRING:
            return _limit(since, settings.waiting_minutes)
        case SessionStatus.ACTIVE:
            return _limit(max(since, active_at or since), settings.idle_minutes)
        case SessionStatus.OFFLINE:
            return _limit(since, settings.idle_minutes)
        case SessionStatus.ON_HOLD:
            return Deadline(
                since + timedelta(days=ON_HOLD_DAYS), SessionStatus.CLOSED_BY_TECHNICIAN
            )
        case SessionStatus.RECONNECTING | SessionStatus.REBOOTING:
            return Deadline(since + timedelta(minutes=RECONNECT_MINUTES), SessionStatus.OFFLINE)
        case (
            SessionStatus.TIMED_OUT
            | SessionStatus.EXPIRED
            | SessionStatus.CLOSED_BY_TECHNICIAN
            | SessionStatus.CLOSED_BY_CUSTOMER
            | SessionStatus.CLOSED_BY_WAITING_CUSTOMER
            | SessionStatus.ABORTED
        ):
            return None
        case _ as never:
            assert_never(never)


def _limit(since: datetime, minutes: int) -> Deadline | None:
    return (
        Deadline(since + timedelta(minutes=minutes), SessionStatus.TIMED_OUT) if minutes else None
    )
