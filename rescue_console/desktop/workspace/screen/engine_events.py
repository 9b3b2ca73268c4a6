"""Brings the media engine's events from its thread to the windows' thread."""

from PySide6.QtCore import QObject, Signal

from rescue_console.desktop.media.base import Failure, Step


class EngineSignals(QObject):
    """Implements ``EngineEvents``; connect to the signals with a queued connection.

    Signals:
        step: Number of the connection, and the ``Step`` that it has reached.
        lost: Number of the connection, and its ``Failure``.
        picture: A new picture can be taken.
        recording_ended: Why the recording ended by itself.
    """

    step = Signal(int, object)
    lost = Signal(int, object)
    picture = Signal()
    recording_ended = Signal(str)

    def on_step(self, connection: int, step: Step) -> None:
        """Report which step the connection has reached."""
        self.step.emit(connection, step)

    def on_lost(self, connection: int, failure: Failure) -> None:
        """Report that the connection has been lost."""
        self.lost.emit(connection, failure)

    def on_picture(self) -> None:
        """Report that there is a new picture."""
        self.picture.emit()

    def on_recording_ended(self, problem: str) -> None:
        """Report that the recording has ended by itself."""
        self.recording_ended.emit(problem)
