"""What the three tabs of the Create session dialog have in common."""

from enum import Enum, auto

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rescue_console.protocol.answers import Session
from rescue_console.protocol.choices import ConnectionMethod, Language
from rescue_console.protocol.requests import CreateSession


class Delivered(Enum):
    """What is left to do in the dialog once the customer's code or link has been delivered."""

    NOTHING = auto()
    """The dialog may close."""
    READ_ON = auto()
    """The tab shows something that the technician needs."""


class CreateSessionTab(QWidget):
    """One connection method.

    Signals:
        changed: What was typed or chosen here is different, so ``missing`` may be too.
    """

    changed = Signal()
    method: ConnectionMethod

    def title(self) -> str:
        """Return the tab's label."""
        raise NotImplementedError

    def action_text(self) -> str:
        """Return what the main button says."""
        raise NotImplementedError

    def missing(self) -> str:
        """Return what must be put right before the button works; empty when nothing."""
        return ""

    def set_customer(self, name: str, language: Language) -> None:
        """Use the customer as typed above the tabs; *name* is already cleaned."""

    def request(self, name: str, language: Language) -> CreateSession:
        """Return the request that creates the session as chosen here."""
        return CreateSession(method=self.method, name=name, language=language)

    async def deliver(self, session: Session) -> Delivered:
        """Deliver the code or link of the new *session*.

        Raises:
            ClientError: It was not delivered; trying again with the same session is safe.
        """
        raise NotImplementedError

    def reset(self) -> None:
        """Return to the initial state, for the next session."""
