"""A session's status and connection method as screens show them."""

from PySide6.QtCore import QCoreApplication

from rescue_console.desktop.words.email_trouble import email_state_text
from rescue_console.protocol.answers import Session
from rescue_console.protocol.choices import ConnectionMethod
from rescue_console.protocol.foreign_text import line
from rescue_console.protocol.statuses import SessionStatus

translate = QCoreApplication.translate


def status_text(status: SessionStatus, *, outgoing: bool = False) -> str:
    """Return the name of *status*; a transfer is *outgoing* for whoever gives the session away."""
    if status is SessionStatus.TRANSFERRING:
        return translate("Session", "Outgoing") if outgoing else translate("Session", "Incoming")
    return {
        SessionStatus.INVITED: translate("Session", "Invited"),
        SessionStatus.CONNECTING: translate("Session", "Connecting"),
        SessionStatus.WAITING: translate("Session", "Waiting"),
        SessionStatus.ACTIVE: translate("Session", "Active"),
        SessionStatus.ON_HOLD: translate("Session", "On hold"),
        SessionStatus.RECONNECTING: translate("Session", "Reconnecting"),
        SessionStatus.REBOOTING: translate("Session", "Rebooting"),
        SessionStatus.OFFLINE: translate("Session", "Offline"),
        SessionStatus.TIMED_OUT: translate("Session", "Timed out"),
        SessionStatus.EXPIRED: translate("Session", "Expired"),
        SessionStatus.CLOSED_BY_TECHNICIAN: translate("Session", "Closed by the technician"),
        SessionStatus.CLOSED_BY_CUSTOMER: translate("Session", "Closed by the customer"),
        SessionStatus.CLOSED_BY_WAITING_CUSTOMER: translate(
            "Session", "Closed by the waiting customer"
        ),
        SessionStatus.ABORTED: translate("Session", "Aborted"),
    }[status]


def session_status_text(session: Session, my_id: str) -> str:
    """Return the status of *session* for the technician *my_id*, with the mail's if invited."""
    text = status_text(session.status, outgoing=is_outgoing(session, my_id))
    if session.status is SessionStatus.INVITED and session.email is not None:
        return f"{text} – {email_state_text(session.email)}"
    return text


def is_outgoing(session: Session, my_id: str) -> bool:
    """Tell whether the technician *my_id* is transferring this session to somebody else."""
    return session.transfer is not None and session.transfer.from_technician.id == my_id


def method_text(method: ConnectionMethod) -> str:
    """Return the name of a connection method."""
    return {
        ConnectionMethod.PIN: translate("Session", "PIN code"),
        ConnectionMethod.EMAIL: translate("Session", "E-mail"),
        ConnectionMethod.LINK: translate("Session", "Link"),
    }[method]


def customer_name(session: Session) -> str:
    """Return what to call the customer, who may not have been given a name."""
    return line(session.name) or translate("Session", "Customer")
