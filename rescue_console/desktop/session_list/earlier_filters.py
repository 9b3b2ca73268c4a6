"""Keeps what earlier filters of a search showed, so that deleting a letter costs nothing."""

from typing import NamedTuple

from rescue_console.desktop.session_list.filter import SessionFilter
from rescue_console.desktop.session_list.sorted_rows import SortedRows

MOST = 32
"""How many filters are kept, each with the list of rows that it showed."""


class _Earlier(NamedTuple):
    filter: SessionFilter
    rows: SortedRows


class EarlierFilters:
    """Filters, each showing no more than the one before it, with their rows.

    They are valid only until a row or the order changes; whoever changes either calls ``clear``.
    """

    def __init__(self) -> None:
        self._earlier: list[_Earlier] = []

    def clear(self) -> None:
        """Forget all filters."""
        self._earlier.clear()

    def narrow(
        self, old: SessionFilter, shown: SortedRows, new: SessionFilter, everything: SortedRows
    ) -> SortedRows:
        """Keep the filter *old* with its rows, and return the rows that *new* shows.

        Args:
            shown: The rows that *old* shows.
            everything: All rows, in the same order.
        """
        self._earlier.append(_Earlier(old, shown))
        while self._earlier and not new.narrows(self._earlier[-1].filter):
            self._earlier.pop()
        if self._earlier and self._earlier[-1].filter == new:
            return self._earlier.pop().rows
        del self._earlier[:-MOST]
        return SortedRows(new.select(self._earlier[-1].rows if self._earlier else everything))
