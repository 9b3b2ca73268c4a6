"""The interface of sound players, with those that beep and that start a program."""

from abc import ABC, abstractmethod
from pathlib import Path

from PySide6.QtCore import QObject, QProcess
from PySide6.QtWidgets import QApplication


class Player(ABC):
    """Plays a WAV file without making the window wait."""

    @abstractmethod
    def play(self, path: Path) -> None:
        """Start playing the file at *path*; return at once."""


class Beep(Player):
    """The system's own short sound, for where nothing can play a file."""

    def play(self, path: Path) -> None:
        """Beep."""
        QApplication.beep()


class ProgramPlayer(Player):
    """Hands the file to a small program of the system, one at a time.

    ``QProcess`` collects the program when it ends, so none is left behind as a zombie.
    """

    def __init__(self, program: str, arguments: list[str], owner: QObject) -> None:
        self._process = QProcess(owner)
        self._process.setProgram(program)
        self._process.setStandardOutputFile(QProcess.nullDevice())
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.errorOccurred.connect(self._on_error)
        self._arguments = arguments

    def play(self, path: Path) -> None:
        """Start the program, unless the previous sound is still playing."""
        if self._process.state() is QProcess.ProcessState.NotRunning:
            self._process.setArguments([*self._arguments, str(path)])
            self._process.start()

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            QApplication.beep()
