"""Enables and disables the actions on a session, with the reason in the tool tip."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from rescue_console.desktop.actions.actions import SessionAction, why_not
from rescue_console.desktop.look.tool_tip import tool_tip
from rescue_console.protocol.answers import Me, Session


class ActionStates(QObject):
    """Keeps ``QAction`` objects in step with a session, the permissions and the connection.

    Signals:
        chosen: A ``SessionAction`` was triggered.
    """

    chosen = Signal(object)

    def __init__(
        self, actions: Mapping[SessionAction, QAction], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        for name, action in actions.items():
            action.triggered.connect(lambda _=False, name=name: self.chosen.emit(name))

    def show(self, session: Session | None, me: Me, *, online: bool, helping: int = 0) -> None:
        """Enable what can be done with *session* now, and say why the rest cannot.

        Args:
            helping: How many active sessions the technician has.
        """
        for name, action in self._actions.items():
            reason = why_not(name, session, me, online=online, helping=helping)
            action.setEnabled(not reason)
            tip = reason or _title_and_shortcut(action)
            action.setToolTip(tool_tip(tip))
            action.setStatusTip(reason)


def _title_and_shortcut(action: QAction) -> str:
    title = action.text().replace("&", "").rstrip("…")
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{title} ({keys})" if keys else title
