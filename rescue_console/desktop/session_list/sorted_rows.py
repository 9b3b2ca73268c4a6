"""Rows in the order of their keys, cheap to make from rows in order and cheap to change."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from operator import attrgetter

from sortedcontainers import SortedKeyList  # type: ignore[import-untyped]

from rescue_console.desktop.session_list.row import SessionRow, SortKey

_KEY = attrgetter("key")


class SortedRows:
    """A list sorted by ``row.key``; equal keys stand in the order in which they came.

    A filter makes a new list at every keystroke, but only lists that change need the structure
    that changes fast. So it is built when ``settle`` is called or at the first change, which for
    100 000 rows takes as long as the filter itself.
    """

    def __init__(self, in_order: list[SessionRow] | None = None) -> None:
        """Take over rows that are sorted already."""
        self._rows: list[SessionRow] | SortedKeyList = in_order if in_order is not None else []

    @classmethod
    def sort(cls, rows: Iterable[SessionRow]) -> "SortedRows":
        """Return *rows*, which are in no order, as a sorted list."""
        return cls(sorted(rows, key=_KEY))

    def settle(self) -> SortedKeyList:
        """Be ready for changes."""
        if isinstance(self._rows, list):
            self._rows = SortedKeyList(self._rows, key=_KEY)
        return self._rows

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place: int) -> SessionRow:
        row: SessionRow = self._rows[place]
        return row

    def __iter__(self) -> Iterator[SessionRow]:
        return iter(self._rows)

    def place(self, row: SessionRow) -> int:
        """Return where *row* stands.

        Raises:
            ValueError: it is not in the list.
        """
        if isinstance(self._rows, list):
            return self._rows.index(row, bisect_left(self._rows, row.key, key=_KEY))
        place: int = self._rows.index(row)
        return place

    def place_for(self, key: SortKey) -> int:
        """Return where a row with *key* would be put: after those equal to it."""
        if isinstance(self._rows, list):
            return bisect_right(self._rows, key, key=_KEY)
        place: int = self._rows.bisect_key_right(key)
        return place

    def add(self, row: SessionRow) -> None:
        """Put a row at its place."""
        self.settle().add(row)

    def update(self, rows: Iterable[SessionRow]) -> None:
        """Put many rows at their places."""
        self.settle().update(rows)

    def remove(self, row: SessionRow) -> None:
        """Take a row out.

        Raises:
            ValueError: it is not in the list.
        """
        self.settle().remove(row)
