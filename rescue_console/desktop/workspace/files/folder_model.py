"""The contents of one of the customer's folders as rows: folders first, then by name."""

from datetime import UTC, datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Qt

from rescue_console.desktop.look.icons import icon
from rescue_console.desktop.look.text_table import Index, TextTable
from rescue_console.desktop.words.time import moment_text
from rescue_console.desktop.workspace.files.transfer_text import size_text
from rescue_console.protocol.channel import Entry, FolderListed
from rescue_console.protocol.foreign_text import line


class FolderColumn(IntEnum):
    """A column of a folder."""

    NAME = 0
    SIZE = 1
    CHANGED = 2


class FolderModel(TextTable):
    """Shows the contents of one folder."""

    columns = FolderColumn

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = ""
        self._entries: list[Entry] = []

    def set_listing(self, listed: FolderListed) -> None:
        """Show a new listing."""
        self.beginResetModel()
        self.path = listed.path
        self._entries = sorted(
            listed.entries, key=lambda entry: (not entry.folder, entry.name.casefold())
        )
        self.endResetModel()

    def entry(self, index: Index) -> Entry:
        """Return the entry of a row."""
        return self._entries[index.row()]

    def path_of(self, entry: Entry) -> str:
        """Return the whole path of *entry*; in the topmost list, names are whole paths."""
        return join(self.path, entry.name) if self.path else entry.name

    def count(self) -> int:
        """Return the number of entries."""
        return len(self._entries)

    def text(self, index: Index) -> str:
        """Return the text of a cell."""
        return _text(self.entry(index), FolderColumn(index.column()))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows; beside a name, an icon tells folders from files."""
        if (
            role == Qt.ItemDataRole.DecorationRole
            and index.isValid()
            and index.column() == FolderColumn.NAME
        ):
            return icon("folder" if self.entry(index).folder else "file")
        return super().data(index, role)

    def titles(self) -> dict[int, str]:
        """Return the title of each column."""
        return {
            FolderColumn.NAME: self.tr("Name"),
            FolderColumn.SIZE: self.tr("Size"),
            FolderColumn.CHANGED: self.tr("Changed"),
        }


def join(folder: str, name: str) -> str:
    """Return the path of *name* in *folder*, with the separator that the customer's system uses."""
    separator = "\\" if "\\" in folder and not folder.startswith("/") else "/"
    return folder.rstrip("/\\") + separator + name


def _text(entry: Entry, column: FolderColumn) -> str:
    match column:
        case FolderColumn.NAME:
            return line(entry.name)
        case FolderColumn.SIZE:
            return "" if entry.folder else size_text(entry.size)
        case FolderColumn.CHANGED:
            return _moment(entry.modified_s)


def _moment(seconds: int) -> str:
    """Return seconds since 1970 as people read a time; empty if unknown or out of range."""
    try:
        return moment_text(datetime.fromtimestamp(seconds, UTC)) if seconds else ""
    except (OverflowError, OSError, ValueError):
        return ""
