"""Finds a session's holder, who may change it, and whether a technician is helping in it."""

from rescue_console.protocol.answers import Session, TechnicianRef


def holder(session: Session) -> TechnicianRef:
    """Return who has *session*: whoever helps in it, or its creator while nobody does."""
    return session.technician or session.created_by


def is_helping(session: Session, technician_id: str) -> bool:
    """Tell whether *technician_id* has started *session* and still has it."""
    return session.technician is not None and session.technician.id == technician_id
