"""What carries messages to the customer's side, over whichever connection."""

from collections.abc import Awaitable

from PySide6.QtCore import QObject, Signal

from rescue_console.desktop.program.jobs import Jobs
from rescue_console.protocol.channel import Message


class Link(QObject):
    """Carries messages while the other side is there; after a loss it opens again by itself.

    Signals:
        opened: The other side is there; anything that was under way must be started again.
        closed: The other side is no longer there.
        received: A message: well formed, but possibly hostile.
        failed: Something happened that is a fault of this program, already logged.
    """

    opened = Signal()
    closed = Signal()
    received = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = Jobs(self)
        self._jobs.failed.connect(self.failed)
        self.is_open = False

    def post(self, message: Message) -> None:
        """Send *message* without waiting; dropped while the link is not open."""
        raise NotImplementedError

    def send(self, message: Message) -> Awaitable[None]:
        """Send *message* when there is room; dropped while the link is not open."""
        raise NotImplementedError

    def _set_open(self, *, open_now: bool) -> None:
        if open_now == self.is_open:
            return
        self.is_open = open_now
        if open_now:
            self.opened.emit()
        else:
            self.closed.emit()
