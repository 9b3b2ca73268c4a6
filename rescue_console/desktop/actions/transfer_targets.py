"""To whom a session can go: colleagues and technician groups, as a model that can be searched."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from rescue_console.desktop.look.icons import IconName, icon
from rescue_console.desktop.words.availability import availability_text, why_not_transfer_to
from rescue_console.protocol.answers import Colleague, Colleagues, GroupRef
from rescue_console.protocol.choices import Availability

Target = Colleague | GroupRef
Index = QModelIndex | QPersistentModelIndex

TARGET_ROLE = Qt.ItemDataRole.UserRole
NAME_ROLE = Qt.ItemDataRole.UserRole + 1
NO_PARENT = QModelIndex()


class TransferTargets(QAbstractListModel):
    """Groups, then colleagues, in the server's order; a colleague must be online to be chosen."""

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

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Disable colleagues who are away or busy."""
        kept = super().flags(index)
        if index.isValid() and _availability(self._targets[index.row()]) is not Availability.ONLINE:
            kept &= ~(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        return kept

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return one target's name, icon or the target itself."""
        if not index.isValid():
            return None
        target = self._targets[index.row()]
        is_group = isinstance(target, GroupRef)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._shown(target)
            case _ if role == NAME_ROLE:
                return target.name
            case Qt.ItemDataRole.AccessibleTextRole:
                kind = self.tr("Technician group") if is_group else self.tr("Technician")
                return f"{self._shown(target)}, {kind}"
            case Qt.ItemDataRole.DecorationRole:
                return icon(IconName.GROUP if is_group else IconName.PERSON)
            case Qt.ItemDataRole.ToolTipRole if reason := why_not_transfer_to(
                _availability(target)
            ):
                return reason
            case Qt.ItemDataRole.ToolTipRole:
                return self.tr("Technician group") if is_group else self.tr("Technician")
            case _ if role == TARGET_ROLE:
                return target
        return None

    def _shown(self, target: Target) -> str:
        """Return a group's name, or a colleague's name and availability."""
        if isinstance(target, GroupRef):
            return target.name
        return f"{target.name} – {availability_text(target.availability)}"


def _availability(target: Target) -> Availability:
    return Availability.ONLINE if isinstance(target, GroupRef) else target.availability


class TargetSearch(QSortFilterProxyModel):
    """The targets whose names contain what was typed."""

    def __init__(self, targets: TransferTargets) -> None:
        super().__init__()
        self.setSourceModel(targets)
        self.setFilterRole(NAME_ROLE)
        self.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
