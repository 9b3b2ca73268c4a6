"""Decides which changes in the session list are worth calling a technician for."""

from collections.abc import Callable, Sequence

from rescue_console.desktop.session_actions import SessionAction, why_not
from rescue_console.desktop.status_text import is_outgoing
from rescue_console.protocol.answers import Me, Session
from rescue_console.protocol.statuses import SessionStatus


class WaitingWatch:
    """Finds customers who have just begun to wait for this technician.

    Args:
        known: Returns a session as it was before the change.
    """

    def __init__(self, known: Callable[[str], Session | None]) -> None:
        self._known = known

    def newly_waiting(self, changed: Sequence[Session], me: Me) -> list[Session]:
        """Return those of *changed* that have begun to wait and that *me* may start.

        Call it before the list takes the changes.
        """
        return [
            session
            for session in changed
            if _calls_for(session, me) and not self._called_already(session, me)
        ]

    def _called_already(self, session: Session, me: Me) -> bool:
        before = self._known(session.id)
        return before is not None and _calls_for(before, me)


def _calls_for(session: Session, me: Me) -> bool:
    if session.status is SessionStatus.TRANSFERRING:
        if is_outgoing(session, me.id):
            return False
    elif session.status is not SessionStatus.WAITING:
        return False
    return not why_not(SessionAction.START, session, me, online=True)
