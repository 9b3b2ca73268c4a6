"""System information as a tree: sections, and in each its facts."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QAbstractItemModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from rescue_console.protocol.channel import Fact

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()

_SECTIONS: dict[str, object] = {
    "System": QT_TRANSLATE_NOOP("Facts", "System"),
    "Processor": QT_TRANSLATE_NOOP("Facts", "Processor"),
    "Memory": QT_TRANSLATE_NOOP("Facts", "Memory"),
    "Disks": QT_TRANSLATE_NOOP("Facts", "Disks"),
    "Network": QT_TRANSLATE_NOOP("Facts", "Network"),
    "Services": QT_TRANSLATE_NOOP("Facts", "Services"),
    "Processes": QT_TRANSLATE_NOOP("Facts", "Processes"),
}


class FactColumn(IntEnum):
    """A column of the facts."""

    NAME = 0
    VALUE = 1


class FactsModel(QAbstractItemModel):
    """Shows facts; a section's index has the internal number 0, a fact's its section's row + 1."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sections: list[tuple[str, list[Fact]]] = []

    def set_facts(self, facts: list[Fact]) -> None:
        """Show *facts*, grouped in the order in which sections first come."""
        groups: dict[str, list[Fact]] = {}
        for fact in facts:
            groups.setdefault(fact.section, []).append(fact)
        self.beginResetModel()
        self._sections = list(groups.items())
        self.endResetModel()

    def index(self, row: int, column: int, parent: Index = _NO_INDEX) -> QModelIndex:
        """Return the index of a cell."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = _NO_INDEX) -> QModelIndex:  # type: ignore[override]  # QObject's parent() shares the name
        """Return the section that a fact is in."""
        number = index.internalId() if index.isValid() else 0
        return self.createIndex(number - 1, 0, 0) if number else QModelIndex()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802 (Qt's name)
        """Return the number of sections, or of a section's facts."""
        if not parent.isValid():
            return len(self._sections)
        if parent.internalId() or parent.column():
            return 0
        return len(self._sections[parent.row()][1])

    def columnCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802 (Qt's name)
        """Return the number of columns."""
        return len(FactColumn)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell."""
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        if not index.isValid() or role not in shown:
            return None
        number = index.internalId()
        if not number:
            section = self._sections[index.row()][0]
            return section_text(section) if index.column() == FactColumn.NAME else None
        fact = self._sections[number - 1][1][index.row()]
        return fact.name if index.column() == FactColumn.NAME else fact.value

    def headerData(  # noqa: N802 (Qt's name)
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            FactColumn.NAME: self.tr("Name"),
            FactColumn.VALUE: self.tr("Value"),
        }[FactColumn(section)]


def section_text(section: str) -> str:
    """Return a section's name in the language of the screens, when it is a known one."""
    known = _SECTIONS.get(section)
    return section if known is None else QCoreApplication.translate("Facts", str(known))
