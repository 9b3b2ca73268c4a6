"""To whom a session can go: colleagues and technician groups as a model, searched as one types."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from rescue_console.desktop.icons import IconName, icon
from rescue_console.protocol.answers import Colleagues, GroupRef, TechnicianRef

Target = TechnicianRef | GroupRef
Index = QModelIndex | QPersistentModelIndex

TARGET_ROLE = Qt.ItemDataRole.UserRole
NO_PARENT = QModelIndex()


class TransferTargets(QAbstractListModel):
    """Groups first, then colleagues, as the server gives them."""

    def __init__(self) -> None:
        super().__init__()
        self._targets: Sequence[Target] = ()

    def show(self, colleagues: Colleagues) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._targets = (*colleagues.groups, *colleagues.technicians)
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:  # noqa: N802 (Qt's name)
        """Return how many targets there are."""
        return 0 if parent.isValid() else len(self._targets)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return one target's name, icon or the target itself."""
        if not index.isValid():
            return None
        target = self._targets[index.row()]
        is_group = isinstance(target, GroupRef)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return target.name
            case Qt.ItemDataRole.AccessibleTextRole:
                kind = self.tr("Technician group") if is_group else self.tr("Technician")
                return f"{target.name}, {kind}"
            case Qt.ItemDataRole.DecorationRole:
                return icon(IconName.GROUP if is_group else IconName.PERSON)
            case Qt.ItemDataRole.ToolTipRole:
                return self.tr("Technician group") if is_group else self.tr("Technician")
            case _ if role == TARGET_ROLE:
                return target
        return None


class TargetSearch(QSortFilterProxyModel):
    """The targets whose names contain what was typed."""

    def __init__(self, targets: TransferTargets) -> None:
        super().__init__()
        self.setSourceModel(targets)
        self.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
