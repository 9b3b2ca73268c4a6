"""Brings the events of the connection for files from its thread to the windows' thread."""

from PySide6.QtCore import QObject, Signal

from rescue_console.desktop.media.base import Failure


class PageFilesSignals(QObject):
    """Implements ``PageFilesEvents``; connect to the signals with a queued connection.

    Signals:
        opened: Number of the connection, and what the page calls itself.
        arrived: Number of the connection, which has messages to be taken.
        lost: Number of the connection, and its ``Failure``.
    """

    opened = Signal(int, str)
    arrived = Signal(int)
    lost = Signal(int, object)

    def on_opened(self, connection: int, page: str) -> None:
        """Report that the connection is open."""
        self.opened.emit(connection, page)

    def on_arrived(self, connection: int) -> None:
        """Report that something has arrived."""
        self.arrived.emit(connection)

    def on_lost(self, connection: int, failure: Failure) -> None:
        """Report that the connection has been lost."""
        self.lost.emit(connection, failure)
