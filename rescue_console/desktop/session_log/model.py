"""A session's log as rows, oldest first."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from rescue_console.desktop.look.tool_tip import tool_tip
from rescue_console.desktop.session_log.text import detail_text, what_text
from rescue_console.desktop.words.time import moment_text
from rescue_console.protocol.answers import LogEntry
from rescue_console.protocol.foreign_text import line

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class LogColumn(IntEnum):
    """A column of the log."""

    AT = 0
    WHAT = 1
    WHO = 2
    DETAIL = 3


class SessionLogModel(QAbstractTableModel):
    """The entries of one session's log."""

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

    def rowCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802 (Qt's name)
        """Return the number of entries."""
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802 (Qt's name)
        """Return the number of columns."""
        return 0 if parent.isValid() else len(LogColumn)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell."""
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(index)
            case Qt.ItemDataRole.ToolTipRole:
                return tool_tip(self._text(index))
        return None

    def _text(self, index: Index) -> str:
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

    def headerData(  # noqa: N802 (Qt's name)
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            LogColumn.AT: self.tr("Time"),
            LogColumn.WHAT: self.tr("What happened"),
            LogColumn.WHO: self.tr("Who"),
            LogColumn.DETAIL: self.tr("Details"),
        }[LogColumn(section)]

    def retranslate(self) -> None:
        """Have every text read again."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(LogColumn) - 1)
        if self.entries:
            last = self.index(len(self.entries) - 1, len(LogColumn) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
