"""Which session the toolbar acts on, as chosen in the list or among the tabs."""

from PySide6.QtCore import QObject

from rescue_console.desktop.session_list.view import SessionList
from rescue_console.desktop.window.tabs import SessionTabs
from rescue_console.protocol.answers import Session


class Selection(QObject):
    """Keeps list and tabs in step: a session clicked in one is shown in the other."""

    def __init__(self, sessions: SessionList, tabs: SessionTabs, parent: QObject) -> None:
        super().__init__(parent)
        self._list = sessions
        self._tabs = tabs
        sessions.selected.connect(self._show_tab)
        tabs.chosen.connect(self._select_shown)

    @property
    def current(self) -> Session | None:
        """The session that is selected in the list."""
        return self._list.current

    @property
    def ended(self) -> Session | None:
        """The selected session, else that of the open tab, if it is over and has a workspace."""
        session = self._list.current or self._tabs.current
        return session if session is not None and self._tabs.has_ended(session.id) else None

    def _show_tab(self) -> None:
        if (session := self._list.current) is not None:
            self._tabs.show(session.id)

    def _select_shown(self, session_id: str) -> None:
        """Let the toolbar act on the session whose tab was clicked, even if the list hides it."""
        self._list.select(session_id, reveal=False)
        chosen = self._list.current
        if self._tabs.has_ended(session_id) and chosen is not None and chosen.id != session_id:
            self._list.select_none()
