"""A computer whose restart is controlled by a test."""

from collections.abc import Callable, Sequence
from pathlib import Path

from rescue_console.applet.machine.base import Machine


class Computer(Machine):
    """Records what it is asked to do.

    Attributes:
        entries: The commands that run at sign-in, by name.
        restarts: How often it was restarted.
        on_restart: Called at each restart.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.entries: dict[str, list[str]] = {}
        self.restarts = 0
        self.on_restart: Callable[[], None] = lambda: None

    def data_folder(self) -> Path:
        return self._folder

    def call_at_sign_in(self, name: str, command: Sequence[str]) -> None:
        self.entries[name] = [*command]

    def forget(self, name: str) -> None:
        self.entries.pop(name, None)

    def restart(self) -> None:
        self.restarts += 1
        self.on_restart()
