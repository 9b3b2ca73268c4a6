"""The tabs of the sessions that this technician is helping in now."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QTabWidget

from rescue_console.desktop.session_tab import SessionTab
from rescue_console.protocol.answers import Me, Session
from rescue_console.protocol.statuses import SessionStatus

_SHOWN = frozenset({SessionStatus.ACTIVE, SessionStatus.RECONNECTING, SessionStatus.REBOOTING})


class SessionTabs(QObject):
    """Opens a tab for each active session, keeps it up to date and closes it.

    Signals:
        chosen: The person clicked the tab of the session with this id.

    Args:
        make_tab: Returns a new tab for a session.
    """

    chosen = Signal(str)

    def __init__(
        self,
        widget: QTabWidget,
        stack: QStackedWidget,
        make_tab: Callable[[Session], SessionTab],
        my_id: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._widget = widget
        self._stack = stack
        self._make_tab = make_tab
        self._my_id = my_id
        self._tabs: dict[str, SessionTab] = {}
        widget.tabBarClicked.connect(self._on_clicked)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._tick)
        self._second.start()

    @property
    def current(self) -> Session | None:
        """The session of the open tab."""
        tab = self._widget.currentWidget()
        return tab.session if isinstance(tab, SessionTab) else None

    def __len__(self) -> int:
        return len(self._tabs)

    def apply(self, changed: Sequence[Session], removed: Sequence[str]) -> None:
        """Follow a batch of changes."""
        for session in changed:
            mine = session.technician is not None and session.technician.id == self._my_id
            if not (mine and session.status in _SHOWN):
                self._close(session.id)
            elif session.id in self._tabs:
                self._tabs[session.id].take(session)
            else:
                self._open(session)
        for session_id in removed:
            self._close(session_id)
        self._tick()

    def show_actions(self, me: Me, *, online: bool) -> None:
        """Enable in each tab what can be done with its session now."""
        for tab in self._tabs.values():
            tab.show_actions(me, online=online)

    def show(self, session_id: str) -> bool:
        """Bring a session's tab to the front; return whether it has one."""
        tab = self._tabs.get(session_id)
        if tab is not None:
            self._widget.setCurrentWidget(tab)
        return tab is not None

    async def aclose(self) -> None:
        """Let the times rest and end what the tabs are doing."""
        self._second.stop()
        for tab in self._tabs.values():
            await tab.ui.logView.jobs.aclose()

    def _open(self, session: Session) -> None:
        tab = self._make_tab(session)
        self._tabs[session.id] = tab
        self._widget.addTab(tab, tab.title)
        self._widget.setCurrentWidget(tab)
        self._stack.setCurrentIndex(0)

    def _on_clicked(self, place: int) -> None:
        tab = self._widget.widget(place)
        if isinstance(tab, SessionTab):
            self.chosen.emit(tab.session.id)

    def _close(self, session_id: str) -> None:
        tab = self._tabs.pop(session_id, None)
        if tab is None:
            return
        tab.ui.logView.jobs.cancel_all()
        self._widget.removeTab(self._widget.indexOf(tab))
        tab.deleteLater()
        if not self._tabs:
            self._stack.setCurrentIndex(1)

    def _tick(self) -> None:
        for tab in self._tabs.values():
            place = self._widget.indexOf(tab)
            if self._widget.tabText(place) != tab.title:
                self._widget.setTabText(place, tab.title)
            tab.tick()
