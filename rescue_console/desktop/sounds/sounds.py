"""Plays the program's sounds when the technician wants them."""

import sys
from pathlib import Path

from PySide6.QtCore import QFile, QObject, QTemporaryDir

from rescue_console.desktop import resources_rc  # noqa: F401 (holds the files below ":/")
from rescue_console.desktop.program.settings import Settings
from rescue_console.desktop.sounds.base import Player

if sys.platform == "win32":
    from rescue_console.desktop.sounds.windows import find_player
elif sys.platform == "darwin":
    from rescue_console.desktop.sounds.macos import find_player
else:
    from rescue_console.desktop.sounds.linux import find_player


class Sounds(QObject):
    """The sounds of ``resources/sounds``, by the names of their files."""

    def __init__(
        self, settings: Settings, parent: QObject | None = None, *, player: Player | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._player = player or find_player(self)
        self._folder = QTemporaryDir()

    def play(self, name: str) -> None:
        """Play the sound called *name* (``waiting``, ``message``, ``lost``) unless sounds are off.

        Raises:
            ValueError: there is no such sound.
        """
        if self._settings.sound_on:
            self.play_anyway(name)

    def play_anyway(self, name: str) -> None:
        """Play the sound called *name* even when sounds are off, for somebody who wants to try it.

        Raises:
            ValueError: there is no such sound.
        """
        self._player.play(self._file(name))

    def _file(self, name: str) -> Path:
        """Return the sound as a file, since players cannot read the program's resources."""
        source = f":/sounds/{name}.wav"
        if not QFile.exists(source):
            raise ValueError(f"there is no sound {name}")
        path = Path(self._folder.filePath(f"{name}.wav"))
        if not path.exists():
            QFile.copy(source, str(path))
        return path
