"""Makes the workspaces of sessions, and reports what happens in any of them."""

from PySide6.QtCore import QObject, Signal

from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.workspace.panes import PaneParts, make_panes
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.desktop.workspace.tab import WorkspaceTab
from rescue_console.protocol.answers import Session


class Workspaces(QObject):
    """Makes the workspaces of one sign-in.

    Signals:
        chosen: A ``SessionAction`` was chosen for this ``Session``, in this window.
        changed: The server's answer: the session as it is now.
        attention_wanted: Something in the session with this id waits for the technician.
        failed: Something happened that is a fault of this program, already logged.
    """

    chosen = Signal(object, object, object)
    changed = Signal(object)
    attention_wanted = Signal(str)
    failed = Signal(object)

    def __init__(self, parts: PaneParts, standing: Standing, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._standing = standing

    def make(self, session: Session) -> WorkspaceTab:
        """Return a new workspace for *session*."""
        parts, situation = self._parts, Situation(session, self._standing)
        tab = WorkspaceTab(situation, parts.cells, parts.calls, make_panes(parts, situation))
        tab.chosen.connect(lambda action, session: self.chosen.emit(action, session, tab.window()))
        tab.changed.connect(self.changed)
        tab.failed.connect(self.failed)
        tab.attention_wanted.connect(lambda: self.attention_wanted.emit(session.id))
        return tab
