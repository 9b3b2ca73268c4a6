"""What the filters of a search showed so far: taking a letter back costs nothing then."""

from typing import NamedTuple

from rescue_console.desktop.session_list.filter import SessionFilter
from rescue_console.desktop.session_list.sorted_rows import SortedRows

MOST = 32
"""Filters that are kept: each holds a list of the rows that it showed."""


class _Earlier(NamedTuple):
    filter: SessionFilter
    rows: SortedRows


class EarlierFilters:
    """Filters, each showing no more than the one before it, with their rows.

    They hold only until a row or the order changes; whoever changes one calls ``clear``.
    """

    def __init__(self) -> None:
        self._earlier: list[_Earlier] = []

    def clear(self) -> None:
        """Forget all."""
        self._earlier.clear()

    def narrow(
        self, old: SessionFilter, shown: SortedRows, new: SessionFilter, everything: SortedRows
    ) -> SortedRows:
        """Go on from the filter *old* and its rows to *new*; return the rows of *new*.

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
