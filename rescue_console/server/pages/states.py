"""Where a session stands, in the customer's words."""

from rescue_console.protocol.answers import Session
from rescue_console.protocol.customer import CustomerState
from rescue_console.protocol.statuses import JOINABLE, is_over
from rescue_console.server.pages.notices import link_notice
from rescue_console.server.pages.texts import Texts


def helper_name(session: Session) -> str:
    """Return who helps, or else who invited: the name that the customer is shown."""
    return (session.technician or session.created_by).name


def room_state(session: Session, texts: Texts) -> CustomerState:
    """Return what the waiting room of a customer who has joined shows."""
    name = helper_name(session) or texts("state.technician")
    word = "joined" if session.status in JOINABLE else session.status.value
    return CustomerState(
        status=session.status,
        over=is_over(session.status),
        title=texts(f"state.{word}.title", technician=name),
        text=texts(f"state.{word}.text", technician=name),
        technician=name,
    )


def link_state(session: Session, texts: Texts) -> CustomerState:
    """Return what the join page shows to somebody who has not joined."""
    notice = link_notice(session)
    return CustomerState(
        status=session.status,
        over=is_over(session.status),
        title=texts(f"notice.{notice}.title") if notice else "",
        text=texts(f"notice.{notice}.text") if notice else "",
        technician=helper_name(session),
    )
