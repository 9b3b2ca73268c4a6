"""Calls the technician to a session that needs them, unless they are already looking at it."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from rescue_console.desktop.window.notifications import Notifications
from rescue_console.desktop.window.tabs import SessionTabs
from rescue_console.protocol.answers import Session


class Attention(QObject):
    """Notifies the technician unless the session's window is active, where badges are enough.

    Args:
        known: Returns the session with an id, or ``None`` if the list does not hold it.
        is_mine: Tells whether the technician has the session with an id.
    """

    def __init__(
        self,
        known: Callable[[str], Session | None],
        is_mine: Callable[[str], bool],
        tabs: SessionTabs,
        notifications: Notifications,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._known = known
        self._is_mine = is_mine
        self._tabs = tabs
        self._notifications = notifications

    def call_to_chat(self, session_id: str) -> None:
        """Call the technician because a customer has written."""
        session = self._known(session_id)
        if session is not None and self._is_mine(session_id) and not self._in_sight(session_id):
            self._notifications.call_to_chat(session)

    def call_to_question(self, session_id: str) -> None:
        """Call the technician to answer a question about a customer's files."""
        session = self._known(session_id)
        if session is not None and not self._in_sight(session_id):
            self._notifications.call_to_question(session)

    def _in_sight(self, session_id: str) -> bool:
        tab = self._tabs.tab(session_id)
        return tab is not None and tab.window().isActiveWindow()
