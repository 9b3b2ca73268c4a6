"""The statuses of a session and the one table that says which may follow which."""

from enum import StrEnum


class SessionStatus(StrEnum):
    """Where a session stands; the values are the words used on the wire."""

    INVITED = "invited"
    CONNECTING = "connecting"
    WAITING = "waiting"
    ACTIVE = "active"
    ON_HOLD = "on_hold"
    TRANSFERRING = "transferring"
    RECONNECTING = "reconnecting"
    REBOOTING = "rebooting"
    OFFLINE = "offline"
    TIMED_OUT = "timed_out"
    EXPIRED = "expired"
    CLOSED_BY_TECHNICIAN = "closed_by_technician"
    CLOSED_BY_CUSTOMER = "closed_by_customer"
    CLOSED_BY_WAITING_CUSTOMER = "closed_by_waiting_customer"
    ABORTED = "aborted"


_S = SessionStatus

CLOSED = frozenset({_S.CLOSED_BY_TECHNICIAN, _S.CLOSED_BY_CUSTOMER, _S.CLOSED_BY_WAITING_CUSTOMER})
"""Statuses of a session that the technician or the customer has closed."""

ALLOWED_CHANGES: dict[SessionStatus, frozenset[SessionStatus]] = {
    _S.INVITED: frozenset({_S.CONNECTING, _S.EXPIRED, _S.CLOSED_BY_TECHNICIAN}),
    _S.CONNECTING: frozenset({_S.WAITING, _S.INVITED, _S.EXPIRED}) | CLOSED,
    _S.WAITING: frozenset(
        {
            _S.ACTIVE,
            _S.TRANSFERRING,
            _S.RECONNECTING,
            _S.TIMED_OUT,
            _S.CLOSED_BY_WAITING_CUSTOMER,
            _S.CLOSED_BY_TECHNICIAN,
        }
    ),
    _S.ACTIVE: frozenset(
        {_S.ON_HOLD, _S.TRANSFERRING, _S.RECONNECTING, _S.REBOOTING, _S.TIMED_OUT, _S.ABORTED}
    )
    | CLOSED,
    _S.ON_HOLD: frozenset({_S.ACTIVE, _S.TRANSFERRING, _S.RECONNECTING}) | CLOSED,
    _S.TRANSFERRING: frozenset({_S.ACTIVE, _S.WAITING, _S.TIMED_OUT, _S.RECONNECTING}) | CLOSED,
    _S.RECONNECTING: frozenset({_S.WAITING, _S.ACTIVE, _S.ON_HOLD, _S.TRANSFERRING, _S.OFFLINE})
    | CLOSED,
    _S.REBOOTING: frozenset({_S.ACTIVE, _S.OFFLINE}) | CLOSED,
    _S.OFFLINE: frozenset({_S.ACTIVE, _S.WAITING, _S.CLOSED_BY_TECHNICIAN, _S.TIMED_OUT}),
    _S.TIMED_OUT: frozenset(),
    _S.EXPIRED: frozenset(),
    _S.CLOSED_BY_TECHNICIAN: frozenset(),
    _S.CLOSED_BY_CUSTOMER: frozenset(),
    _S.CLOSED_BY_WAITING_CUSTOMER: frozenset(),
    _S.ABORTED: frozenset(),
}
"""Every allowed change of status. A session that returns to its earlier status after a lost
connection passes through RECONNECTING (within 5 minutes) or OFFLINE (later)."""

STARTABLE = frozenset({_S.WAITING, _S.ON_HOLD, _S.TRANSFERRING})
"""Statuses in which a technician's *Start* makes a session active."""

JOINABLE = frozenset({_S.INVITED, _S.CONNECTING})
"""Statuses in which a customer can still join with the code or the link."""

PRESENT = frozenset({_S.WAITING, _S.ACTIVE, _S.ON_HOLD, _S.TRANSFERRING})
"""Statuses in which the customer's side is expected to be connected."""

CONNECTED = PRESENT | {_S.CONNECTING}
"""Statuses that a session leaves as soon as nothing on the customer's side is connected."""

LOST = frozenset({_S.RECONNECTING, _S.OFFLINE})
"""Statuses of a session whose customer's connection was lost. When the customer returns, the
session goes back to its earlier status."""

ABSENT = LOST | {_S.REBOOTING}
"""Statuses in which the customer has joined, is not connected, and may come back."""

JOINED = PRESENT | ABSENT
"""Statuses in which a customer has joined, whether or not they are connected right now."""

CHATTING = JOINED - {_S.WAITING}
"""Statuses in which the page offers the chat; earlier, no technician would read it."""

STARTED = ABSENT | {_S.ACTIVE}
"""Statuses in which a technician's workspace shows the session."""

SET_ASIDE = frozenset({_S.ON_HOLD, _S.TRANSFERRING})
"""Statuses that end every consent when a session enters them: no power stays granted."""

HELPED = frozenset({_S.ACTIVE, _S.REBOOTING})
"""Statuses in which the applet honours what the customer has granted, and the page shows it. While
the device is about to restart, the grants still hold and can still be taken back."""

PAGE_LINKED = frozenset({_S.ACTIVE, _S.RECONNECTING})
"""Statuses in which a connection between page and console may still exist."""

APPLET_LINKED = PAGE_LINKED | {_S.REBOOTING}
"""Statuses in which a connection between applet and console may still exist. It includes REBOOTING
because the applet reports over it that the device is not restarting after all."""


def may_change(old: SessionStatus, new: SessionStatus) -> bool:
    """Tell whether a session may go from *old* to *new*."""
    return new in ALLOWED_CHANGES[old]


def is_over(status: SessionStatus) -> bool:
    """Tell whether nothing can follow *status*: the session has ended."""
    return not ALLOWED_CHANGES[status]


LIVE = frozenset(status for status in SessionStatus if not is_over(status))
"""Statuses of sessions that are not over."""
