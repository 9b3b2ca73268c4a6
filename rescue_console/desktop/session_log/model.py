"""A session's log as rows, oldest first."""

from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject

from rescue_console.desktop.look.text_table import Index, TextTable
from rescue_console.desktop.words.log_kind import detail_text, what_text
from rescue_console.desktop.words.time import moment_text
from rescue_console.protocol.answers import LogEntry
from rescue_console.protocol.foreign_text import line


class LogColumn(IntEnum):
    """A column of the log."""

    AT = 0
    WHAT = 1
    WHO = 2
    DETAIL = 3


class SessionLogModel(TextTable):
    """The entries of one session's log."""

    columns = LogColumn

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[LogEntry] = []

    def set_entries(self, entries: list[LogEntry]) -> None:
        """Show *entries*; a log only grows, so what is shown already stays."""
        known = len(self.entries)
        if entries[:known] != self.entries:
            self.beginResetModel()
            self._entries = entries
            self.endResetModel()
        elif len(entries) > known:
            self.beginInsertRows(QModelIndex(), known, len(entries) - 1)
            self._entries = entries
            self.endInsertRows()

    @property
    def entries(self) -> list[LogEntry]:
        """What is shown."""
        return self._entries

    def count(self) -> int:
        """Return the number of entries."""
        return len(self.entries)

    def text(self, index: Index) -> str:
        """Return the text of a cell."""
        entry = self.entries[index.row()]
        match LogColumn(index.column()):
            case LogColumn.AT:
                return moment_text(entry.at)
            case LogColumn.WHAT:
                return line(what_text(entry))
            case LogColumn.WHO:
                return line(entry.who)
            case LogColumn.DETAIL:
                return line(detail_text(entry))

    def titles(self) -> dict[int, str]:
        """Return the title of each column."""
        return {
            LogColumn.AT: self.tr("Time"),
            LogColumn.WHAT: self.tr("What happened"),
            LogColumn.WHO: self.tr("Who"),
            LogColumn.DETAIL: self.tr("Details"),
        }
