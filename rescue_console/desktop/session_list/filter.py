"""Which sessions the list shows: those with every searched word, in the chosen statuses."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from rescue_console.desktop.session_list.row import SessionRow, fold
from rescue_console.protocol.statuses import CLOSED, LIVE, SessionStatus


class Shown(Enum):
    """A choice of the status filter, with the statuses that it lets through."""

    OPEN = LIVE
    ALL = frozenset(SessionStatus)
    INVITED = frozenset({SessionStatus.INVITED})
    CONNECTING = frozenset({SessionStatus.CONNECTING})
    WAITING = frozenset({SessionStatus.WAITING})
    ACTIVE = frozenset({SessionStatus.ACTIVE})
    ON_HOLD = frozenset({SessionStatus.ON_HOLD})
    TRANSFERRING = frozenset({SessionStatus.TRANSFERRING})
    RECONNECTING = frozenset({SessionStatus.RECONNECTING})
    REBOOTING = frozenset({SessionStatus.REBOOTING})
    OFFLINE = frozenset({SessionStatus.OFFLINE})
    TIMED_OUT = frozenset({SessionStatus.TIMED_OUT})
    EXPIRED = frozenset({SessionStatus.EXPIRED})
    CLOSED = CLOSED
    ABORTED = frozenset({SessionStatus.ABORTED})


@dataclass(frozen=True)
class SessionFilter:
    """A search and a choice of statuses."""

    search: str = ""
    shown: Shown = Shown.OPEN

    def matches(self, row: SessionRow) -> bool:
        """Tell whether *row* is to be shown."""
        return row.status_word in self._statuses and all(
            word in row.search_text for word in self.words
        )

    def select(self, rows: Iterable[SessionRow]) -> list[SessionRow]:
        """Return the rows to show, in their order."""
        statuses = self._statuses
        if not self.words and self.shown is Shown.ALL:
            return list(rows)
        if not self.words:
            return [row for row in rows if row.status_word in statuses]
        # The first word has a pass of its own, because that is what runs while a person types.
        # Searching the text costs most, so rows of other statuses are skipped before it.
        first, *others = self.words
        if self.shown is Shown.ALL:
            chosen = [row for row in rows if first in row.search_text]
        else:
            chosen = [
                row for row in rows if row.status_word in statuses and first in row.search_text
            ]
        for word in others:
            chosen = [row for row in chosen if word in row.search_text]
        return chosen

    def narrows(self, other: "SessionFilter") -> bool:
        """Tell whether *other* shows all that this filter shows, as when a person types on."""
        return self.shown is other.shown and all(
            any(theirs in ours for ours in self.words) for theirs in other.words
        )

    @cached_property
    def words(self) -> list[str]:
        """The searched words, folded; a code typed with spaces between its digits is one word."""
        folded = fold(self.search)
        digits = "".join(folded.split())
        return [digits] if digits.isdigit() else folded.split()

    @cached_property
    def _statuses(self) -> frozenset[str]:
        return frozenset(status.value for status in self.shown.value)
