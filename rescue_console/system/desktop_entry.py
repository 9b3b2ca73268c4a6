"""Desktop entries: how a Linux desktop learns which programs to start at sign-in.

Source: Desktop Application Autostart Specification 0.5 (place of the file); Desktop Entry
Specification 1.5, "The Exec key" (quoting) and "Values" (the second layer of backslashes).
"""

import os
from collections.abc import Sequence
from pathlib import Path


def autostart_folder() -> Path:
    """Return the user's autostart folder; it may not exist yet."""
    config = os.environ.get("XDG_CONFIG_HOME", "")
    return (Path(config) if config else Path.home() / ".config") / "autostart"


def entry_text(name: str, command: Sequence[str], icon: str = "") -> str:
    """Return the desktop entry of a program called *name* that runs *command*."""
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        f"Name={name}",
        f"Exec={' '.join(_quote(part) for part in command)}",
        *([f"Icon={icon}"] if icon else []),
        "Terminal=false",
    ]
    return "\n".join(lines) + "\n"


def _quote(part: str) -> str:
    """Return one argument in double quotes, escaped for both layers that parse it."""
    for character in ("\\", '"', "`", "$"):
        part = part.replace(character, f"\\{character}")
    return '"' + part.replace("%", "%%").replace("\\", "\\\\") + '"'
