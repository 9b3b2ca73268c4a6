"""When a mail that could not be delivered is tried again."""

from datetime import datetime, timedelta

GIVE_UP_AFTER = timedelta(hours=24)
"""Age at which a mail has failed; by then its link has usually expired."""

_PAUSES = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=8),
    timedelta(minutes=30),
    timedelta(hours=1),
    timedelta(hours=2),
)


def next_attempt(attempts: int, created_at: datetime, now: datetime) -> datetime | None:
    """Return when to try again after *attempts* tries, or ``None`` to give up.

    The pauses grow to two hours; the last attempt is made when the mail is GIVE_UP_AFTER old.

    Args:
        attempts: How often delivery was tried, at least 1.
        created_at: When the mail was accepted.
        now: When the latest attempt failed.
    """
    last = created_at + GIVE_UP_AFTER
    if now >= last:
        return None
    return min(now + _PAUSES[min(attempts, len(_PAUSES)) - 1], last)
