"""Finds a session's holder, whether a technician is helping in it, and at which console."""

from rescue_console.protocol.answers import Me, Seat, Session, TechnicianRef
from rescue_console.protocol.statuses import STARTED


def holder(session: Session) -> TechnicianRef:
    """Return who has *session*: whoever helps in it, or its creator while nobody does."""
    return session.technician or session.created_by


def is_helping(session: Session, technician_id: str) -> bool:
    """Tell whether *technician_id* has started *session* and still has it."""
    return session.technician is not None and session.technician.id == technician_id


def seat_elsewhere(session: Session, me: Me) -> Seat | None:
    """Return the other console at which *me* helps in *session*; ``None`` if there is none."""
    seat = session.seat
    if seat is None or seat.console == me.console or session.status not in STARTED:
        return None
    return seat if is_helping(session, me.id) else None
