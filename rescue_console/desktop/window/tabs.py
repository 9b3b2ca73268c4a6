"""The workspaces of the sessions that this technician is helping in now, as tabs and windows.

When a session is ended by somebody else or by a limit, its workspace stays until the technician
closes it.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QTabWidget

from rescue_console.desktop.actions.actions import is_mine
from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.program.settings import Settings
from rescue_console.desktop.words.status import customer_name
from rescue_console.desktop.workspace.detached import DetachedWindow
from rescue_console.desktop.workspace.tab import WorkspaceTab
from rescue_console.protocol.answers import Session
from rescue_console.protocol.signals import Signal as SessionSignal
from rescue_console.protocol.statuses import STARTED, SessionStatus, is_over

_STEP = 32
"""Pixels by which a detached window is offset from another at the same place."""


class SessionTabs(QObject):
    """Opens a workspace for each active session, keeps it up to date and closes it.

    Signals:
        current_changed: Another tab is open.
        failed: A fault of this program occurred; it has already been logged.
        chosen: The person clicked the tab of the session with this id.

    Args:
        make_tab: Returns a new workspace for a session.
        closed_here: Tells whether the session with an id was closed from this console.
    """

    current_changed = Signal()
    failed = Signal(object)
    chosen = Signal(str)

    def __init__(
        self,
        widget: QTabWidget,
        stack: QStackedWidget,
        make_tab: Callable[[Session], WorkspaceTab],
        standing: Standing,
        settings: Settings,
        closed_here: Callable[[str], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._closed_here = closed_here
        self._widget = widget
        self._stack = stack
        self._make_tab = make_tab
        self._standing = standing
        self._settings = settings
        self._tabs: dict[str, WorkspaceTab] = {}
        self._windows: dict[str, DetachedWindow] = {}
        self.jobs = Jobs(self)
        self.jobs.failed.connect(self.failed)
        widget.currentChanged.connect(self.current_changed)
        widget.tabBarClicked.connect(self._on_clicked)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._tick)
        self._second.start()

    @property
    def current(self) -> Session | None:
        """The session of the open tab."""
        tab = self._widget.currentWidget()
        return tab.session if isinstance(tab, WorkspaceTab) else None

    def __len__(self) -> int:
        return len(self._tabs)

    @property
    def open_sessions(self) -> int:
        """How many of the sessions are not over."""
        return sum(not tab.is_over for tab in self._tabs.values())

    @property
    def active(self) -> int:
        """How many of the sessions are active now."""
        return sum(tab.session.status is SessionStatus.ACTIVE for tab in self._tabs.values())

    @property
    def at_stake(self) -> str:
        """What closing all workspaces would break off, one line per customer; empty if nothing."""
        stakes = {tab: tab.at_stake().replace("\n", " ") for tab in self._tabs.values()}
        return "\n".join(
            f"{customer_name(tab.session)} – {stake}" for tab, stake in stakes.items() if stake
        )

    def tab(self, session_id: str) -> WorkspaceTab | None:
        """Return the workspace of a session, if it has one."""
        return self._tabs.get(session_id)

    def has_ended(self, session_id: str) -> bool:
        """Tell whether a session is over and still has its workspace."""
        tab = self._tabs.get(session_id)
        return tab is not None and tab.is_over

    async def aclose(self) -> None:
        """Close all workspaces."""
        self._second.stop()
        for session_id in tuple(self._tabs):
            tab = self._take_out(session_id)
            await tab.aclose()
            tab.deleteLater()
        await self.jobs.aclose()

    # News from the server

    def apply(self, changed: Sequence[Session], removed: Sequence[str]) -> None:
        """Follow a batch of changes."""
        for session in changed:
            if not self._is_shown(session):
                self.close(session.id)
            elif session.id in self._tabs:
                self._tabs[session.id].update_session(session)
            else:
                self._open(session)
        for session_id in removed:
            self.close(session_id)
        self._tick()

    def _is_shown(self, session: Session) -> bool:
        if not is_mine(session, self._standing.me):
            return False
        if is_over(session.status):
            return session.id in self._tabs and not self._closed_here(session.id)
        return session.status in STARTED

    def on_signal(self, session_id: str, signal: SessionSignal) -> None:
        """Pass a signal on to its session's workspace."""
        if (tab := self._tabs.get(session_id)) is not None:
            tab.on_signal(signal)

    # Tabs and windows

    def show(self, session_id: str) -> bool:
        """Bring a session's workspace to the front; return whether it has one."""
        tab = self._tabs.get(session_id)
        if tab is None:
            return False
        if (window := self._windows.get(session_id)) is not None:
            window.raise_()
            window.activateWindow()
        else:
            self._widget.setCurrentWidget(tab)
        return True

    def turn(self, by: int) -> None:
        """Bring the tab that is *by* places further on to the front."""
        count = self._widget.count()
        if count:
            place = (self._widget.currentIndex() + by) % count
            self._widget.setCurrentIndex(place)
            self._on_clicked(place)

    def detach(self, session_id: str) -> None:
        """Move a workspace into a window of its own, or back among the tabs."""
        if session_id in self._windows:
            self._attach(session_id)
            return
        tab = self._tabs[session_id]
        self._remove_page(tab)
        window = DetachedWindow(tab, self._settings)
        window.closed.connect(lambda: self._on_window_closed(session_id))
        if any(other.pos() == window.pos() for other in self._windows.values()):
            # Not exactly on top of a window that was opened before.
            window.move(window.pos() + QPoint(_STEP, _STEP))
        self._windows[session_id] = window
        tab.set_detached(True)
        self._show_stack()
        self._tick()
        window.show()

    def _on_window_closed(self, session_id: str) -> None:
        if self.has_ended(session_id):
            self.close(session_id)
        else:
            self._attach(session_id)

    def _attach(self, session_id: str) -> None:
        tab = self._windows.pop(session_id).release()
        tab.set_detached(False)
        self._put_in(tab)

    def _open(self, session: Session) -> None:
        tab = self._make_tab(session)
        self._tabs[session.id] = tab
        tab.detach_requested.connect(lambda: self.detach(session.id))
        tab.badge_changed.connect(self._tick)
        tab.let_go.connect(lambda: self.close(session.id))
        self._put_in(tab)

    def _put_in(self, tab: WorkspaceTab) -> None:
        self._widget.addTab(tab, tab.title)
        self._widget.setCurrentWidget(tab)
        self._show_stack()

    def _on_clicked(self, place: int) -> None:
        tab = self._widget.widget(place)
        if isinstance(tab, WorkspaceTab):
            self.chosen.emit(tab.session.id)

    def close(self, session_id: str) -> None:
        """Close a session's workspace, if it has one."""
        if session_id in self._tabs:
            tab = self._take_out(session_id)
            self.jobs.start(_end(tab), "close a workspace")

    def _take_out(self, session_id: str) -> WorkspaceTab:
        tab = self._tabs.pop(session_id)
        window = self._windows.pop(session_id, None)
        if window is None:
            self._remove_page(tab)
        else:
            window.release()
        tab.hide()
        self._show_stack()
        return tab

    def _remove_page(self, tab: WorkspaceTab) -> None:
        focus = self._widget.window().focusWidget()
        if focus is not None and tab.isAncestorOf(focus):
            # Qt would move the focus to the next page, and what is typed for one customer would
            # reach another.
            self._widget.tabBar().setFocus()
        self._widget.removeTab(self._widget.indexOf(tab))

    def _show_stack(self) -> None:
        """Show the tabs, or what to do when there are none."""
        self._stack.setCurrentIndex(0 if self._widget.count() else 1)

    def _tick(self) -> None:
        for session_id, tab in self._tabs.items():
            tab.tick()
            if (window := self._windows.get(session_id)) is not None:
                window.setWindowTitle(tab.title.replace("&&", "&"))
                continue
            place = self._widget.indexOf(tab)
            if self._widget.tabText(place) != tab.title:
                self._widget.setTabText(place, tab.title)


async def _end(tab: WorkspaceTab) -> None:
    await tab.aclose()
    tab.deleteLater()
