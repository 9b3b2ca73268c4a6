"""Brings what the connection for files tells on its thread to the windows' thread."""

from PySide6.QtCore import QObject, Signal

from rescue_console.desktop.media.base import Failure


class PageFilesSignals(QObject):
    """Implements ``PageFilesEvents``; connect to the signals with a queued connection.

    Signals:
        opened: Number of the connection, and what the page calls itself.
        arrived: Number of the connection; there is something to take.
        lost: Number of the connection, and its ``Failure``.
    """

    opened = Signal(int, str)
    arrived = Signal(int)
    lost = Signal(int, object)

    def on_opened(self, connection: int, page: str) -> None:
        """Tell that the connection is open."""
        self.opened.emit(connection, page)

    def on_arrived(self, connection: int) -> None:
        """Tell that something has come."""
        self.arrived.emit(connection)

    def on_lost(self, connection: int, failure: Failure) -> None:
        """Tell that the connection has gone."""
        self.lost.emit(connection, failure)
