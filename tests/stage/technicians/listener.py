"""A player of sounds that only notes them."""

from pathlib import Path

from rescue_console.desktop.sounds.base import Player


class Listener(Player):
    """Hears what would be played."""

    def __init__(self) -> None:
        self.heard: list[Path] = []

    def play(self, path: Path) -> None:
        self.heard.append(path)
