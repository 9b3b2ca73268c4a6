"""What a technician may do with a session now and, where something is not possible, why."""

from enum import Enum, auto

from PySide6.QtCore import QCoreApplication

from rescue_console.desktop.words.permission import permission_text
from rescue_console.desktop.words.status import is_outgoing
from rescue_console.protocol.answers import Me, Session
from rescue_console.protocol.foreign_text import line
from rescue_console.protocol.holder import holder, is_helping
from rescue_console.protocol.permissions import METHOD_PERMISSIONS, Permission
from rescue_console.protocol.statuses import ABSENT, STARTABLE, SessionStatus, is_over, may_change

translate = QCoreApplication.translate


class SessionAction(Enum):
    """An action of the session toolbar."""

    NEW_SESSION = auto()
    START = auto()
    HOLD = auto()
    TRANSFER = auto()
    CLOSE = auto()


def why_not(
    action: SessionAction, session: Session | None, me: Me, *, online: bool, helping: int = 0
) -> str:
    """Return why *action* cannot be done with *session* now; empty when it can.

    The server decides; this only saves the technician from being refused.

    Args:
        helping: How many active sessions the technician has.
    """
    if not online:
        return translate("SessionActions", "There is no connection to the server at the moment.")
    if action is SessionAction.NEW_SESSION:
        return _why_not_create(me)
    if session is None:
        return translate("SessionActions", "Select a session in the list first.")
    if is_over(session.status):
        return translate("SessionActions", "This session is over.")
    match action:
        case SessionAction.START:
            return _why_not_start(session, me) or _why_not_one_more(me, helping)
        case SessionAction.HOLD:
            return _why_not_hold(session, me)
        case SessionAction.TRANSFER:
            return _why_not_transfer(session, me)
        case SessionAction.CLOSE:
            return _why_not_own(session, me)


def is_mine(session: Session, me: Me) -> bool:
    """Tell whether the technician is helping in this session."""
    return is_helping(session, me.id)


def _why_not_create(me: Me) -> str:
    if Permission.PRIVATE_SESSIONS not in me.permissions:
        return _lacks(Permission.PRIVATE_SESSIONS)
    if not any(method in me.permissions for method in METHOD_PERMISSIONS.values()):
        return translate(
            "SessionActions",
            "Your technician group may not use any connection method. Ask your administrator.",
        )
    return ""


def _why_not_start(session: Session, me: Me) -> str:
    mine = is_mine(session, me)
    if session.status is SessionStatus.ACTIVE and mine:
        return translate("SessionActions", "This session is active already.")
    if session.status is SessionStatus.TRANSFERRING:
        return _why_not_take(session, me)
    if session.technician is not None and not mine:
        return translate("SessionActions", "{0} already has this session.").format(
            line(session.technician.name)
        )
    if session.status in STARTABLE:
        return ""
    if session.status in ABSENT:
        return translate("SessionActions", "The customer is not connected at the moment.")
    return translate("SessionActions", "The customer has not joined yet.")


def _why_not_one_more(me: Me, helping: int) -> str:
    most = me.settings.max_active_sessions
    if helping < most:
        return ""
    return translate(
        "SessionActions",
        "You have {0} active sessions, the most that your group allows. Close one or put one on "
        "hold first.",
    ).format(most)


def _why_not_take(session: Session, me: Me) -> str:
    """Return the reason if a session is being transferred to somebody else."""
    transfer = session.transfer
    if transfer is None or is_outgoing(session, me.id):
        return ""
    taker = transfer.to_technician or transfer.to_group
    if taker is None or taker.id == me.id or taker.id in me.visible_groups:
        return ""
    return translate("SessionActions", "This session is being transferred to {0}.").format(
        taker.name
    )


def _why_not_hold(session: Session, me: Me) -> str:
    if Permission.HOLD_SESSIONS not in me.permissions:
        return _lacks(Permission.HOLD_SESSIONS)
    if session.status is not SessionStatus.ACTIVE:
        return translate("SessionActions", "Only an active session can be set aside.")
    return _why_not_own(session, me)


def _why_not_transfer(session: Session, me: Me) -> str:
    if Permission.TRANSFER_SESSIONS not in me.permissions:
        return _lacks(Permission.TRANSFER_SESSIONS)
    if not may_change(session.status, SessionStatus.TRANSFERRING):
        return translate(
            "SessionActions", "A session can be transferred once the customer has joined."
        )
    return _why_not_own(session, me)


def _why_not_own(session: Session, me: Me) -> str:
    if me.administrator or holder(session).id == me.id:
        return ""
    return translate(
        "SessionActions", "{0} has this session; only {0} or an administrator can do this."
    ).format(line(holder(session).name))


def _lacks(permission: Permission) -> str:
    return translate(
        "SessionActions",
        "Your technician group lacks the permission “{0}”. Ask your administrator.",
    ).format(permission_text(permission))
