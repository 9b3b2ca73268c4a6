"""Asks before a session is closed, or before something running in it is broken off."""

from PySide6.QtWidgets import QWidget

from rescue_console.desktop.actions.actions import SessionAction
from rescue_console.desktop.look.ask import ask
from rescue_console.desktop.window.main import MainWindow
from rescue_console.desktop.window.tabs import SessionTabs
from rescue_console.desktop.words.status import customer_name
from rescue_console.desktop.workspace.notes.close_dialog import ask_to_close
from rescue_console.desktop.workspace.notes.notebook import Notebook
from rescue_console.protocol.answers import Session


class BreakingOff:
    """Asks the person to confirm when something in a session's workspace would be lost."""

    def __init__(self, window: MainWindow, tabs: SessionTabs, notebook: Notebook) -> None:
        self._window = window
        self._tabs = tabs
        self._notebook = notebook

    async def may_close(self, session: Session, window: QWidget) -> bool:
        """Ask whether a session that has a customer may be closed for good."""
        return await ask_to_close(window, session, self._notebook, self._stake(session))

    async def may_break_off(self, action: SessionAction, session: Session, window: QWidget) -> bool:
        """Return whether *action* may go ahead; ask only if it would break something off."""
        stake = self._stake(session)
        if not stake:
            return True
        what = self._window.session_actions[action].text().replace("&", "").rstrip("…")
        return await ask(window, what, f"{customer_name(session)}\n{stake}", what)

    def _stake(self, session: Session) -> str:
        tab = self._tabs.tab(session.id)
        return "" if tab is None else tab.at_stake()
