"""What every section of a workspace is to the tab around it."""

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

    It goes by the ``Situation`` that it is built with, which for one that does not last tells
    nothing once the session is over. The tab calls ``close`` and then ``aclose`` at the end.

    Attributes:
        situation: The session, the technician and the connection.
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
        """Return how many new things wait in it to be seen."""
        return 0

    def at_stake(self, power: Power | None = None) -> str:
        """Return in words what would be broken off without *power*, or without any; else empty."""
        return ""

    def hindrances(self) -> dict[Power, str]:
        """Return why nothing could come of a power on the customer's device, as far as known."""
        return {}

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
