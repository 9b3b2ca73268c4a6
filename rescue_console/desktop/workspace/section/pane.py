"""What every section of a workspace is to the tab around it."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rescue_console.desktop.program.jobs import Jobs

if TYPE_CHECKING:
    from rescue_console.protocol.answers import Me, Session
    from rescue_console.protocol.permissions import Permission
    from rescue_console.protocol.powers import Power
    from rescue_console.protocol.signals import Signal as SessionSignal


class Pane(QWidget):
    """One section: screen, chat, files, system, session log, notes.

    The tab calls ``set_session``, ``set_me`` and ``set_online`` once before the pane is first
    shown and whenever they change, and ``close`` and then ``aclose`` at the end.

    Attributes:
        permissions: Any one of these is needed, else the section is disabled with the reason; an
            empty set needs none.
        icon_name: The section's icon.
        lasts: Whether it is of use once the session is over; the others are closed then.
        jobs: What the pane does in the background; ended with it.

    Signals:
        power_wanted: The pane's own button asks the customer for this ``Power``.
        power_dropped: The pane's own button gives this ``Power`` up.
        badge_changed: ``badge`` has another value.
        hindrances_changed: ``hindrances`` has another value.
        shown_wanted: Something in it is worth being brought to the front for.
        attention_wanted: Something in it waits for the technician, wherever they look.
        failed: Something happened that is a fault of this program, already logged.
    """

    permissions: ClassVar[frozenset[Permission]] = frozenset()
    icon_name: ClassVar[str] = "options"
    lasts: ClassVar[bool] = False

    power_wanted = Signal(object)
    power_dropped = Signal(object)
    badge_changed = Signal()
    hindrances_changed = Signal()
    shown_wanted = Signal()
    attention_wanted = Signal()
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.jobs = Jobs(self)
        self.jobs.failed.connect(self.failed)

    @abstractmethod
    def title(self) -> str:
        """Return the section's name in the language of the screens."""
        raise NotImplementedError

    def badge(self) -> int:
        """Return how many new things wait in it to be seen."""
        return 0

    def at_stake(self, power: Power | None = None) -> str:
        """Return in words what would be broken off without *power*, or without any; else empty."""
        return ""

    def hindrances(self) -> dict[Power, str]:
        """Return why nothing could come of a power on the customer's device, as far as known."""
        return {}

    def set_session(self, session: Session) -> None:
        """Take over the newest state of the session, its consents among it."""

    def set_me(self, me: Me) -> None:
        """Take over who the technician is and what they may do."""

    def set_online(self, online: bool) -> None:
        """Take over whether the console is connected to the server."""

    def on_signal(self, signal: SessionSignal) -> None:
        """Take something passing from the customer's side; it may be hostile."""

    def on_shown(self) -> None:
        """The section is now the one that is looked at."""

    def close(self) -> bool:
        """Stop what the pane does, at once; what takes longer belongs into ``aclose``."""
        self.jobs.cancel_all()
        return super().close()

    async def aclose(self) -> None:
        """Wait until everything of the pane has ended; it is deleted afterwards."""
        await self.jobs.aclose()
