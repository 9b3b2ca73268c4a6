"""Keeps the main window's actions and counts up to date."""

from PySide6.QtCore import QObject

from rescue_console.desktop.actions.states import ActionStates
from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.reactions.selection import Selection
from rescue_console.desktop.session_list.filter import Shown
from rescue_console.desktop.session_list.model import SessionModel
from rescue_console.desktop.window.main import MainWindow
from rescue_console.desktop.window.tabs import SessionTabs
from rescue_console.desktop.window.tray import Tray
from rescue_console.protocol.statuses import SessionStatus


class Overview(QObject):
    """Enables the actions that are possible, and shows how many sessions there are.

    Attributes:
        states: The actions of the session toolbar.
    """

    def __init__(
        self,
        window: MainWindow,
        model: SessionModel,
        selection: Selection,
        tabs: SessionTabs,
        tray: Tray,
        standing: Standing,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._model = model
        self._selection = selection
        self._tabs = tabs
        self._tray = tray
        self._standing = standing
        self.states = ActionStates(window.session_actions, self)
        window.ui.sessionList.current_changed.connect(self.refresh)
        tabs.current_changed.connect(self.refresh)
        standing.me_changed.connect(self.refresh)
        standing.online_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Bring actions and counts up to date."""
        self._show_actions()
        self._show_availability()
        self._show_counts()

    def _show_actions(self) -> None:
        ui, session, standing = self._window.ui, self._selection.current, self._standing
        helping = self._tabs.active
        self.states.show(session, standing.me, online=standing.online, helping=helping)
        self._offer_to_close_tab()
        ui.sessionList.set_may_create(ui.newSessionAction.isEnabled())
        for action in (ui.copyLinkAction, ui.copyCodeAction, ui.logAction):
            action.setEnabled(session is not None)

    def _offer_to_close_tab(self) -> None:
        if self._selection.ended is not None:
            action, text = self._window.ui.closeAction, self.tr("Close tab")
            action.setEnabled(True)
            action.setToolTip(text)
            action.setStatusTip(text)

    def _show_availability(self) -> None:
        me = self._standing.me
        self._window.availability_button.show_availability(
            away=me.away,
            busy=self._tabs.active >= me.settings.max_active_sessions,
            online=self._standing.online,
        )

    def _show_counts(self) -> None:
        counts = self._model.counts
        waiting = counts[SessionStatus.WAITING.value]
        open_sessions = sum(counts[status.value] for status in Shown.OPEN.value)
        self._window.show_counts(waiting, counts[SessionStatus.ACTIVE.value], open_sessions)
        self._tray.set_waiting(waiting)
