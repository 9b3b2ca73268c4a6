"""Where the program's log is."""

from pathlib import Path

import platformdirs

from rescue_console.desktop.program.settings_file import APP_FOLDER


def log_folder() -> Path:
    """Return the platform's folder for this person's log files."""
    return platformdirs.user_log_path(APP_FOLDER, appauthor=False)
