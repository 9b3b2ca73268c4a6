"""Sound on Windows: ``winsound``, which is part of Python there."""

import sys
import winsound
from pathlib import Path

from PySide6.QtCore import QObject

from rescue_console.desktop.sounds.base import Beep, Player

assert sys.platform == "win32"  # so that type checkers on other systems skip the rest


class WindowsPlayer(Player):
    """Plays through the Windows multimedia functions, in their own thread."""

    def play(self, path: Path) -> None:
        """Start playing, or beep where there is no sound card."""
        try:
            winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC)
        except RuntimeError:
            Beep().play(path)


def find_player(owner: QObject) -> Player:
    """Return the system's player."""
    return WindowsPlayer()
