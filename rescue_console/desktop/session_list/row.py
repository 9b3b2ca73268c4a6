"""One session as the list holds it, with its search text and its sort key computed once."""

import unicodedata
from functools import lru_cache
from typing import Any

from rescue_console.desktop.session_list.recipient import recipient
from rescue_console.protocol.answers import Session

SortKey = float | tuple[Any, ...]
"""What rows sort by; a number where possible, because the list compares millions of them."""


class SessionRow:
    """A session, ready to be searched and sorted.

    Attributes:
        key: What it sorts by in the current order.
        status_word: The status as on the wire, which is cheaper to look up than an enum's member.
        search_text: The text that a search looks in, folded.
    """

    __slots__ = ("id", "key", "search_text", "session", "status_word")

    def __init__(self, session: Session, key: SortKey) -> None:
        self.id = session.id
        self.session = session
        self.key = key
        self.status_word = session.status.value
        self.search_text = _searched(session)

    def become(self, newer: "SessionRow") -> None:
        """Hold a newer state of the same session, which must have the same key."""
        self.session = newer.session
        self.status_word = newer.status_word
        self.search_text = newer.search_text


def fold(text: str) -> str:
    """Return *text* in one case, without accents and with plain apostrophes.

    So « Élodie » is found by "elodie".
    """
    return text.lower() if text.isascii() else _fold_accents(text)


@lru_cache(maxsize=5_000)
def _fold_accents(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(character for character in plain if not unicodedata.combining(character))


def _searched(session: Session) -> str:
    # A line break between the parts keeps a search from matching across two of them. Each part is
    # folded on its own: many are plain ASCII, and some, like technicians' names, recur.
    parts = [session.name, session.code, session.created_by.name]
    if session.technician is not None and session.technician != session.created_by:
        parts.append(session.technician.name)
    if address := recipient(session):
        parts.append(address)
    return "\n".join(map(fold, parts))
