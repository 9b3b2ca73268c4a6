"""The columns of the session list and what each sorts by."""

from collections.abc import Callable
from enum import IntEnum

from rescue_console.desktop.session_list.recipient import recipient
from rescue_console.desktop.session_list.row import SortKey, fold
from rescue_console.protocol.answers import Session
from rescue_console.protocol.statuses import SessionStatus


class Column(IntEnum):
    """A column; the value is its place in the model."""

    NAME = 0
    STATUS = 1
    TIME = 2
    METHOD = 3
    PLATFORM = 4
    EMAIL = 5
    TECHNICIAN = 6
    CREATED = 7


_RANKS = {
    status: rank
    for rank, status in enumerate(
        (
            SessionStatus.WAITING,
            SessionStatus.TRANSFERRING,
            SessionStatus.ACTIVE,
            SessionStatus.RECONNECTING,
            SessionStatus.REBOOTING,
            SessionStatus.ON_HOLD,
            SessionStatus.CONNECTING,
            SessionStatus.INVITED,
            SessionStatus.OFFLINE,
        )
    )
}
_OVER = len(_RANKS) + 1


_RANK_STEP = 2.0**40
"""More than any time in seconds since the epoch; sums keep a precision of a few milliseconds."""


def waited_key(session: Session) -> SortKey:
    """Order by status, then by time in it, longest first; ended sessions last, newest first."""
    since = session.status_since.timestamp()
    rank = _RANKS.get(session.status)
    return _OVER * _RANK_STEP - since if rank is None else rank * _RANK_STEP + since


def _text_key(text: str, session: Session) -> SortKey:
    # Sessions without a text sort after those with one.
    return (not text, fold(text), session.status_since.timestamp(), session.id)


_KEYS: dict[Column, Callable[[Session], SortKey]] = {
    Column.NAME: lambda session: _text_key(session.name, session),
    Column.STATUS: waited_key,
    Column.TIME: waited_key,
    Column.METHOD: lambda session: _text_key(session.method.value, session),
    Column.PLATFORM: lambda session: _text_key(
        (session.detected_platform or session.platform).value, session
    ),
    Column.EMAIL: lambda session: _text_key(recipient(session), session),
    Column.TECHNICIAN: lambda session: _text_key(
        session.technician.name if session.technician else "", session
    ),
    Column.CREATED: lambda session: session.created_at.timestamp(),
}


def sort_key(column: Column) -> Callable[[Session], SortKey]:
    """Return what a session sorts by in *column*."""
    return _KEYS[column]
