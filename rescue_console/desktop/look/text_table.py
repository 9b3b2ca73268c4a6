"""A table of texts under titles, as Qt's views read it; subclasses supply the texts."""

from collections.abc import Mapping
from enum import IntEnum
from typing import Any, ClassVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from rescue_console.desktop.look.tool_tip import tool_tip

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class TextTable(QAbstractTableModel):
    """Shows each cell's text, and the whole of it as the tool tip.

    Attributes:
        columns: The columns from left to right.
    """

    columns: ClassVar[type[IntEnum]]

    def count(self) -> int:
        """Return the number of rows."""
        raise NotImplementedError

    def text(self, index: Index) -> str:
        """Return the text of a cell."""
        raise NotImplementedError

    def titles(self) -> Mapping[int, str]:
        """Return the title of each column."""
        raise NotImplementedError

    def rowCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802 (Qt's name)
        """Return the number of rows."""
        return 0 if parent.isValid() else self.count()

    def columnCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802 (Qt's name)
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text(index)
            case Qt.ItemDataRole.ToolTipRole:
                return tool_tip(self.text(index))
        return None

    def headerData(  # noqa: N802 (Qt's name)
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.titles()[section]

    def retranslate(self) -> None:
        """Have the views read every text again."""
        last = len(self.columns) - 1
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        if self.count():
            self.dataChanged.emit(self.index(0, 0), self.index(self.count() - 1, last))
