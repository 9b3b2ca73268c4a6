"""Asks where a picture or a recording of a session goes, and suggests a place."""

import re
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

_NAME_MAX = 60


def save_dialog(
    parent: QWidget,
    place: QStandardPaths.StandardLocation,
    name: str,
    suffix: str,
    kinds: str,
) -> QFileDialog:
    """Return a dialog, not open yet, that asks for a file's name and suggests one.

    Args:
        place: The standard folder to suggest.
        name: The customer's name, which may hold anything.
        suffix: The file's suffix, with its dot.
        kinds: The filter for names, in Qt's notation.
    """
    suggested = suggested_path(place, name, suffix)
    dialog = QFileDialog(parent, "", str(suggested.parent), kinds)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(suggested.name)
    return dialog


def suggested_path(place: QStandardPaths.StandardLocation, name: str, suffix: str) -> Path:
    """Return a path for something from a session, made of folder, customer's name and time.

    Args:
        place: The standard folder.
        name: The customer's name, which may hold anything.
        suffix: The file's suffix, with its dot.
    """
    folder = Path(QStandardPaths.writableLocation(place) or Path.home())
    safe = re.sub(r"[^\w .-]+", "_", name).strip(" .")[:_NAME_MAX] or "screen"
    return folder / f"{safe} {datetime.now().astimezone():%Y-%m-%d %H.%M.%S}{suffix}"
