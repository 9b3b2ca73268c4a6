"""Sound on Linux: whichever player of the sound system in use is installed."""

import shutil

from PySide6.QtCore import QObject

from rescue_console.desktop.sounds.base import Beep, Player, ProgramPlayer

PLAYERS: dict[str, list[str]] = {
    "pw-play": [],
    "paplay": [],
    "canberra-gtk-play": ["--file"],
    "aplay": ["--quiet"],
}
"""Programs and their arguments before the file, best first: PipeWire, PulseAudio, desktop, ALSA."""


def find_player(owner: QObject) -> Player:
    """Return the best player that is installed, else a beep."""
    for program, arguments in PLAYERS.items():
        found = shutil.which(program)
        if found:
            return ProgramPlayer(found, arguments, owner)
    return Beep()
