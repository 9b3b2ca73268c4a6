"""Start at sign-in on Linux: a desktop entry in the person's autostart folder."""

from pathlib import Path

from rescue_console.desktop.autostart.base import PROGRAM_ID, PROGRAM_NAME, Autostart
from rescue_console.system.desktop_entry import autostart_folder, entry_text


class DesktopEntry(Autostart):
    """A ``.desktop`` file."""

    def __init__(self, command: list[str], folder: Path | None = None) -> None:
        self._command = command
        self._path = (folder or autostart_folder()) / f"{PROGRAM_ID}.desktop"

    def is_on(self) -> bool:
        """Tell whether the file is there."""
        return self._path.is_file()

    def turn_on(self) -> None:
        """Write the file."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        text = entry_text(PROGRAM_NAME, self._command, icon=PROGRAM_ID)
        self._path.write_text(text, encoding="utf-8")

    def turn_off(self) -> None:
        """Remove the file."""
        self._path.unlink(missing_ok=True)
