"""A sound player that only records what it should play."""

from pathlib import Path

from rescue_console.desktop.sounds.base import Player


class Listener(Player):
    """Records the sounds instead of playing them."""

    def __init__(self) -> None:
        self.heard: list[Path] = []

    def play(self, path: Path) -> None:
        self.heard.append(path)
