"""Notes that the server has not stored yet, kept on this computer's disk until it has."""

from pathlib import Path

from rescue_console.desktop.workspace.section.kept import Kept, kept_folder


class KeptNotes(Kept[str]):
    """The notes of one technician; see ``Kept``."""

    def __init__(self, folder: Path, server: str, technician: str) -> None:
        super().__init__(folder, server, technician, str)


def notes_folder() -> Path:
    """Return the folder for this person's notes that the server has not stored yet."""
    return kept_folder("notes")
