"""The folder in which this computer's user looks for received files."""

import os
import re
import sys
from pathlib import Path


def downloads_folder() -> Path:
    """Return the user's Downloads folder; it may not exist yet."""
    if sys.platform == "win32":
        return _on_windows() or Path.home() / "Downloads"
    if sys.platform == "darwin":
        return Path.home() / "Downloads"
    return _by_user_dirs() or Path.home() / "Downloads"


def _by_user_dirs() -> Path | None:
    """Return the folder that the desktop's settings name.

    Source: freedesktop.org, xdg-user-dirs: lines like ``XDG_DOWNLOAD_DIR="$HOME/Downloads"``.
    """
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    try:
        text = (config / "user-dirs.dirs").read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    found = re.search(r'^XDG_DOWNLOAD_DIR="(\$HOME/)?([^"]+)"', text, re.MULTILINE)
    # Naming the home folder itself means that there is no such folder.
    if found is None or found[2].startswith("$HOME"):
        return None
    # An absolute second part replaces the first.
    return Path.home() / found[2]


def _on_windows() -> Path | None:
    """Return the folder that the registry holds under the known folder's identifier.

    Source: Microsoft, KNOWNFOLDERID, FOLDERID_Downloads.
    """
    if sys.platform != "win32":
        return None
    import winreg

    key = r"Software\Microsoft\Windows\CurrentVersion\Explorer\Shell Folders"
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as folders:
            value, _ = winreg.QueryValueEx(folders, "{374DE290-123F-4565-9164-39C4925E467B}")
    except OSError:
        return None
    return Path(str(value))
