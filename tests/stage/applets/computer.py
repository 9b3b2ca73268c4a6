"""A computer whose restart a test holds in its hands."""

from collections.abc import Callable, Sequence
from pathlib import Path

from rescue_console.applet.machine.base import Machine


class Computer(Machine):
    """Notes what it is asked for.

    Attributes:
        entries: What starts at sign-in, by name.
        on_restart: What its restart does.
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
