"""Decides which changes in the session list a technician is called for or notified of."""

from collections.abc import Callable, Sequence

from rescue_console.desktop.actions.actions import SessionAction, is_mine, why_not
from rescue_console.desktop.words.status import is_outgoing
from rescue_console.protocol.answers import Me, Session
from rescue_console.protocol.statuses import SessionStatus, is_over


class WaitingWatch:
    """Finds sessions that have just begun to wait for a technician, or were theirs and are over.

    Args:
        known: Returns a session as it was before the change.
    """

    def __init__(self, known: Callable[[str], Session | None]) -> None:
        self._known = known

    def newly_waiting(self, changed: Sequence[Session], me: Me) -> list[Session]:
        """Return those of *changed* that have begun to wait and that *me* may start.

        Call it before the list applies the changes.
        """
        return [
            session
            for session in changed
            if _calls_for(session, me) and not self._called_already(session, me)
        ]

    def newly_over(self, changed: Sequence[Session], me: Me) -> list[Session]:
        """Return those of *changed* that *me* held and that have ended.

        Call it before the list applies the changes.
        """
        return [
            session
            for session in changed
            if is_over(session.status) and is_mine(session, me) and self._was_open(session.id)
        ]

    def _was_open(self, session_id: str) -> bool:
        before = self._known(session_id)
        return before is not None and not is_over(before.status)

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
