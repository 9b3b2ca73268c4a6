"""Start at sign-in on Linux: a desktop entry in the person's autostart folder.

Source: Desktop Application Autostart Specification 0.5 (place of the file); Desktop Entry
Specification 1.5, "The Exec key" (quoting) and "Values" (the second layer of backslashes).
"""

import os
from pathlib import Path

from rescue_console.desktop.autostart.base import PROGRAM_ID, PROGRAM_NAME, Autostart


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
        self._path.write_text(entry_text(self._command), encoding="utf-8")

    def turn_off(self) -> None:
        """Remove the file."""
        self._path.unlink(missing_ok=True)


def autostart_folder() -> Path:
    """Return the person's autostart folder."""
    config = os.environ.get("XDG_CONFIG_HOME", "")
    return (Path(config) if config else Path.home() / ".config") / "autostart"


def entry_text(command: list[str]) -> str:
    """Return the desktop entry that runs *command*."""
    return (
        "[Desktop Entry]\n"
        "Type=Application\n"
        f"Name={PROGRAM_NAME}\n"
        f"Exec={' '.join(_quote(part) for part in command)}\n"
        f"Icon={PROGRAM_ID}\n"
        "Terminal=false\n"
    )


def _quote(part: str) -> str:
    """Return one argument in double quotes, escaped for both layers that read it."""
    for character in ("\\", '"', "`", "$"):
        part = part.replace(character, f"\\{character}")
    return '"' + part.replace("%", "%%").replace("\\", "\\\\") + '"'
