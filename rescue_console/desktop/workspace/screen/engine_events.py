"""Brings what the media engine tells on its thread to the windows' thread."""

from PySide6.QtCore import QObject, Signal

from rescue_console.desktop.media.base import Failure, Step


class EngineSignals(QObject):
    """Implements ``EngineEvents``; connect to the signals with a queued connection.

    Signals:
        step: Number of the connection, and the ``Step`` that it has reached.
        lost: Number of the connection, and its ``Failure``.
        picture: There is a new picture.
        recording_ended: Why the recording ended by itself.
    """

    step = Signal(int, object)
    lost = Signal(int, object)
    picture = Signal()
    recording_ended = Signal(str)

    def on_step(self, connection: int, step: Step) -> None:
        """Tell how far the connection has come."""
        self.step.emit(connection, step)

    def on_lost(self, connection: int, failure: Failure) -> None:
        """Tell that the connection has gone."""
        self.lost.emit(connection, failure)

    def on_picture(self) -> None:
        """Tell that there is a new picture."""
        self.picture.emit()

    def on_recording_ended(self, problem: str) -> None:
        """Tell that the recording has ended by itself."""
        self.recording_ended.emit(problem)
