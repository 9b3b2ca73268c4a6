"""Sound on macOS: ``afplay``, which is part of the system."""

from PySide6.QtCore import QObject

from rescue_console.desktop.sounds.base import Player, ProgramPlayer


def find_player(owner: QObject) -> Player:
    """Return the system's player."""
    return ProgramPlayer("/usr/bin/afplay", [], owner)
