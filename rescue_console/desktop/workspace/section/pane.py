"""What every section of a workspace has in common, as the tab around it sees it."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rescue_console.desktop.program.jobs import Jobs

if TYPE_CHECKING:
    from rescue_console.desktop.workspace.section.situation import Situation
    from rescue_console.protocol.permissions import Permission
    from rescue_console.protocol.powers import Power
    from rescue_console.protocol.signals import Signal as SessionSignal


class Pane(QWidget):
    """One section: screen, chat, files, system, session log, notes.

    It follows the ``Situation`` that it is built with; for a pane that does not last, this one
    falls silent once the session is over. The tab calls ``close`` and then ``aclose`` at the end.

    Attributes:
        situation: The session, the technician and the connection.
        permissions: The technician needs at least one of these, else the section is disabled
            with the reason; an empty set means that none is needed.
        icon_name: The section's icon.
        lasts: Whether the pane is of use once the session is over; otherwise it is closed then.
        jobs: What the pane does in the background; it ends with the pane.

    Signals:
        power_wanted: The pane's own button asks the customer for this ``Power``.
        power_dropped: The pane's own button gives this ``Power`` up.
        badge_changed: ``badge`` has changed.
        hindrances_changed: ``hindrances`` have changed.
        shown_wanted: Something in the pane is worth bringing it to the front.
        attention_wanted: Something in the pane waits for the technician, wherever they look.
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

    def __init__(self, situation: Situation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.situation = situation
        self.jobs = Jobs(self)
        self.jobs.failed.connect(self.failed)

    @abstractmethod
    def title(self) -> str:
        """Return the section's name in the language of the screens."""
        raise NotImplementedError

    def badge(self) -> int:
        """Return how many new things in the pane have not been seen yet."""
        return 0

    def at_stake(self, power: Power | None = None) -> str:
        """Return what losing *power*, or every power if ``None``, would break off, in words.

        Empty if it would break off nothing.
        """
        return ""

    def hindrances(self) -> dict[Power, str]:
        """Return, for each power that the customer's device is known not to provide, the reason."""
        return {}

    def on_signal(self, signal: SessionSignal) -> None:
        """Handle a signal from the customer's side, which may be hostile."""

    def on_shown(self) -> None:
        """Prepare for being looked at: the section has just been brought to the front."""

    def close(self) -> bool:
        """Stop what the pane does, at once; what takes longer belongs in ``aclose``."""
        self.jobs.cancel_all()
        return super().close()

    async def aclose(self) -> None:
        """Wait until everything that the pane does has ended; it is deleted afterwards."""
        await self.jobs.aclose()
