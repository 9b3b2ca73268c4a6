"""To whom a session's link goes."""

from rescue_console.protocol.answers import Session


def recipient(session: Session) -> str:
    """Return the address of the newest e-mail by the Rescue servers, else the one typed."""
    return session.email.to if session.email is not None else session.to
