"""Who has a session: who may change it, and who helps in it."""

from rescue_console.protocol.answers import Session, TechnicianRef


def holder(session: Session) -> TechnicianRef:
    """Return who has *session*: who helps in it, or who made it while nobody does yet."""
    return session.technician or session.created_by


def is_helping(session: Session, technician_id: str) -> bool:
    """Tell whether *technician_id* has started *session* and has it still."""
    return session.technician is not None and session.technician.id == technician_id
