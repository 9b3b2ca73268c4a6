"""The sessions as Qt's views read them: sorted, filtered and changed in batches. No widgets here.

The list may hold 100 000 rows, so nothing here lets Qt call Python once per row: all rows are kept
sorted in one structure and the shown ones in another, and a batch of changes touches only the rows
that it changes.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)

from rescue_console.desktop.session_list.cells import SessionCells
from rescue_console.desktop.session_list.earlier_filters import EarlierFilters
from rescue_console.desktop.session_list.filter import SessionFilter
from rescue_console.desktop.session_list.order import Column, sort_key
from rescue_console.desktop.session_list.row import SessionRow
from rescue_console.desktop.session_list.sorted_rows import SortedRows
from rescue_console.protocol.answers import Session

FEW = 24
"""Up to this many rows are inserted, removed or moved one by one; more make one new layout."""
REST_MS = 300
"""Milliseconds without a keystroke after which a person has stopped typing."""
Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
Change = tuple[SessionRow | None, SessionRow | None]
"""A row's old and new state; ``None`` while it is not in the list."""


class SessionModel(QAbstractTableModel):
    """Sessions as rows, ``Column`` as columns."""

    def __init__(self, cells: SessionCells, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cells = cells
        self._rows: dict[str, SessionRow] = {}
        self._column = Column.TIME
        self._key = sort_key(self._column)
        self._mirrored = False
        self._filter = SessionFilter()
        self._sorted = SortedRows()
        self._shown = SortedRows()
        self._earlier = EarlierFilters()
        self.counts: Counter[str] = Counter()
        """How many sessions there are of each status word, shown or not."""
        # Once the person has stopped typing, there is time to prepare the rows for changes.
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(self._settle)

    # What Qt asks

    def rowCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802
        """Return how many sessions are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        return self._cells.data(self._row_at(index.row()).session, Column(index.column()), role)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's title."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._cells.title(Column(section))
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; by descending time, the customer who has waited longest is on top."""
        chosen = Column(column)
        mirrored = (order is Qt.SortOrder.DescendingOrder) != (chosen is Column.TIME)
        if (chosen, mirrored) == (self._column, self._mirrored):
            return

        def rearrange() -> None:
            self._column, self._mirrored, self._key = chosen, mirrored, sort_key(chosen)
            for row in self._rows.values():
                row.key = self._key(row.session)
            self._earlier.clear()
            self._sorted = SortedRows.sort(self._rows.values())
            self._show(SortedRows(self._filter.select(self._sorted)))

        self._in_new_layout(rearrange)

    # What the program asks

    @property
    def total(self) -> int:
        """How many sessions there are, shown or not."""
        return len(self._rows)

    def session(self, session_id: str) -> Session | None:
        """Return one session, shown or not."""
        row = self._rows.get(session_id)
        return row.session if row else None

    def ids(self) -> Iterable[str]:
        """Return the ids of all sessions, shown or not, in no particular order."""
        return self._rows.keys()

    def session_at(self, index: Index) -> Session | None:
        """Return the session of a cell."""
        return self._row_at(index.row()).session if index.isValid() else None

    def index_of(self, session_id: str) -> QModelIndex:
        """Return a session's first cell; not valid when it is not shown."""
        row = self._rows.get(session_id)
        if row is None or not self._filter.matches(row):
            return QModelIndex()
        return self.index(self._place(row), 0)

    @property
    def filter(self) -> SessionFilter:
        """Which sessions are shown."""
        return self._filter

    def set_filter(self, new: SessionFilter) -> None:
        """Show other sessions."""
        if new == self._filter:
            return

        def rearrange() -> None:
            rows = self._earlier.narrow(self._filter, self._shown, new, self._sorted)
            self._filter = new
            self._show(rows)

        self._in_new_layout(rearrange)

    def apply(self, changed: Sequence[Session], removed: Sequence[str] = ()) -> None:
        """Apply a batch of new and changed sessions and of removed ids, each named at most once."""
        if changed or removed:
            self._earlier.clear()
        in_place: list[SessionRow] = []
        moving: list[Change] = []
        for session in changed:
            old, new = self._rows.get(session.id), SessionRow(session, self._key(session))
            self._count(old, new)
            if old is not None and self._keeps_place(old, new):
                old.become(new)
                in_place.append(old)
            else:
                moving.append((old, new))
        for gone in [self._rows[each] for each in removed if each in self._rows]:
            self._count(gone, None)
            moving.append((gone, None))
        self._repaint(in_place)
        if len(moving) <= FEW:
            for change in moving:
                self._change_one(*change)
        elif moving:
            self._in_new_layout(lambda: self._change_many(moving))

    def repaint_times(self, first: int, last: int) -> None:
        """Have the views read the running times of the rows *first* to *last* again."""
        last = min(last, len(self._shown) - 1)
        if 0 <= first <= last:
            roles = [Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ForegroundRole]
            top, bottom = self.index(first, Column.TIME), self.index(last, Column.TIME)
            self.dataChanged.emit(top, bottom, roles)

    def repaint(self, session_id: str) -> None:
        """Have the views read a session's row again, after a change outside the session itself."""
        index = self.index_of(session_id)
        if index.isValid():
            self._repaint_rows(index.row(), index.row())

    def retranslate(self) -> None:
        """Have the views read every text again."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        self._repaint_rows(0, len(self._shown) - 1)

    # Places

    def _row_at(self, place: int) -> SessionRow:
        row: SessionRow = self._shown[-1 - place if self._mirrored else place]
        return row

    def _place(self, row: SessionRow) -> int:
        place = self._shown.place(row)
        return len(self._shown) - 1 - place if self._mirrored else place

    def _count(self, old: SessionRow | None, new: SessionRow | None) -> None:
        if old is not None:
            self.counts[old.status_word] -= 1
        if new is not None:
            self.counts[new.status_word] += 1

    def _keeps_place(self, old: SessionRow, new: SessionRow) -> bool:
        return new.key == old.key and self._filter.matches(old) == self._filter.matches(new)

    # Changes

    def _repaint(self, rows: list[SessionRow]) -> None:
        if len(rows) > FEW:
            # The view paints only what is on screen; finding each place would cost more.
            self._repaint_rows(0, len(self._shown) - 1)
            return
        for row in rows:
            if self._filter.matches(row):
                place = self._place(row)
                self._repaint_rows(place, place)

    def _repaint_rows(self, first: int, last: int) -> None:
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))

    def _change_one(self, old: SessionRow | None, new: SessionRow | None) -> None:
        """Insert, remove or move one row, and tell the views exactly that."""
        was_shown = old is not None and self._filter.matches(old)
        is_shown = new is not None and self._filter.matches(new)
        if old is not None and new is not None and was_shown and is_shown:
            self._move(old, new)
            return
        if old is not None:
            self._remove(old, was_shown)
        if new is not None:
            self._insert(new, is_shown)

    def _remove(self, row: SessionRow, was_shown: bool) -> None:
        del self._rows[row.id]
        self._sorted.remove(row)
        if was_shown:
            place = self._place(row)
            self.beginRemoveRows(QModelIndex(), place, place)
            self._shown.remove(row)
            self.endRemoveRows()

    def _insert(self, row: SessionRow, is_shown: bool) -> None:
        self._rows[row.id] = row
        self._sorted.add(row)
        if is_shown:
            # Among equals a new row goes last, as ``add`` does.
            place = self._shown.place_for(row.key)
            place = len(self._shown) - place if self._mirrored else place
            self.beginInsertRows(QModelIndex(), place, place)
            self._shown.add(row)
            self.endInsertRows()

    def _move(self, old: SessionRow, new: SessionRow) -> None:
        place = self._place(old)
        after = self._shown.place_for(new.key)
        after -= self._shown.place(old) < after  # since the row itself will be gone from there
        target = len(self._shown) - 1 - after if self._mirrored else after
        # Qt counts the destination while the row is still at its old place.
        moves = target != place and self.beginMoveRows(
            QModelIndex(), place, place, QModelIndex(), target + (target > place)
        )
        self._rows[new.id] = new
        for rows in (self._sorted, self._shown):
            rows.remove(old)
            rows.add(new)
        if moves:
            self.endMoveRows()
        self._repaint_rows(target, target)

    def _change_many(self, moving: list[Change]) -> None:
        shows = self._filter.matches
        for old, new in moving:
            if old is not None:
                self._sorted.remove(old)
                if shows(old):
                    self._shown.remove(old)
                if new is None:
                    del self._rows[old.id]
        added = [new for _, new in moving if new is not None]
        self._rows.update((row.id, row) for row in added)
        self._sorted.update(added)
        self._shown.update(row for row in added if shows(row))

    def _show(self, rows: SortedRows) -> None:
        self._shown = rows
        self._rest.start()

    def _settle(self) -> None:
        self._sorted.settle()
        self._shown.settle()

    def _in_new_layout(self, rearrange: Callable[[], None]) -> None:
        """Rearrange rows while the views' selected and current cells follow their sessions."""
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        cells = [(self._row_at(index.row()).id, index.column()) for index in kept]
        rearrange()
        self.changePersistentIndexList(kept, [self._new_index(*cell) for cell in cells])
        self.layoutChanged.emit()

    def _new_index(self, session_id: str, column: int) -> QModelIndex:
        return self.index_of(session_id).siblingAtColumn(column)
