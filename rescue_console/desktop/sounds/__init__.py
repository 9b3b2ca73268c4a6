"""The program's sounds. Each system plays them its own way; the choice is made in ``sounds``."""

from rescue_console.desktop.sounds.sounds import Sounds

__all__ = ["Sounds"]
