"""The file in which the desktop keeps its settings: read carefully, written whole or not at all.

It knows JSON and the disk, and nothing of what the settings mean: that is ``settings``.
"""

import json
import logging
import time
from pathlib import Path

import platformdirs
from PySide6.QtCore import QIODevice, QSaveFile

from rescue_console.system.private_files import close_own

APP_FOLDER = "rescue-console"
FILE_NAME = "settings.json"
POLICY_NAME = "policy.json"
SIZE_MAX_BYTES = 1_000_000
"""A settings file larger than this is not one of ours; ours stay below 20 kB."""

log = logging.getLogger(__name__)


class SettingsFileCorrupt(ValueError):
    """The file is there but is not a settings file; the message names its fault."""


class SettingsFile:
    """One JSON object on disk."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> dict[str, object]:
        """Return what the file holds; an empty dict when it does not exist yet.

        Raises:
            SettingsFileCorrupt: it is too large, not UTF-8, not JSON or not an object.
            OSError: it cannot be read.
        """
        try:
            with self.path.open("rb") as file:
                raw = file.read(SIZE_MAX_BYTES + 1)
        except FileNotFoundError:
            return {}
        if len(raw) > SIZE_MAX_BYTES:
            raise SettingsFileCorrupt("the file is too large")
        try:
            values = json.loads(raw.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            raise SettingsFileCorrupt(str(error)) from error
        if not isinstance(values, dict):
            raise SettingsFileCorrupt("the file holds no JSON object")
        return values

    def keep_aside(self) -> Path:
        """Rename a corrupt file so that nothing in it is lost; return its new place.

        Raises:
            OSError: it cannot be renamed.
        """
        stamp = time.strftime("%Y%m%d-%H%M%S")
        aside = self.path.with_name(f"{self.path.name}.corrupt-{stamp}")
        counter = 1
        while aside.exists():
            counter += 1
            aside = self.path.with_name(f"{self.path.name}.corrupt-{stamp}-{counter}")
        return self.path.rename(aside)

    def write(self, values: dict[str, object]) -> None:
        """Replace the file in one step: a reader, or a power cut, finds the old or the new one.

        Raises:
            OSError: it cannot be written (disk full, read-only folder); the old file stays.
        """
        close_own(self.path.parent)
        text = json.dumps(values, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
        raw = text.encode("utf-8")
        file = QSaveFile(str(self.path))
        opened = file.open(QIODevice.OpenModeFlag.WriteOnly)
        if not opened or file.write(raw) != len(raw) or not file.commit():
            raise OSError(file.errorString())


def config_folder() -> Path:
    """Return the platform's folder for this person's settings."""
    return platformdirs.user_config_path(APP_FOLDER, appauthor=False, roaming=True)


def read_policy(folder: Path | None = None) -> dict[str, object]:
    """Return what IT has fixed for everyone on this machine: setting name to value.

    A policy file that cannot be used is logged and ignored, since the person at the desk can do
    nothing about it.
    """
    folder = folder or platformdirs.site_config_path(APP_FOLDER, appauthor=False)
    try:
        return SettingsFile(folder / POLICY_NAME).read()
    except (OSError, SettingsFileCorrupt) as error:
        log.warning("The policy file in %s is ignored: %s", folder, error)
        return {}
