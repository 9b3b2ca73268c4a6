"""One session as the list holds it: with its search text folded and its sort key made once."""

import unicodedata
from typing import Any

from rescue_console.protocol.answers import Session

SortKey = float | tuple[Any, ...]
"""What rows sort by; a number where possible, because the list compares millions of them."""


class SessionRow:
    """A session, ready to be searched and sorted.

    Attributes:
        key: Where it stands in the present order.
        status_word: The status as on the wire, which is cheaper to look up than an enum's member.
        search_text: What a search looks in, folded.
    """

    __slots__ = ("id", "key", "search_text", "session", "status_word")

    def __init__(self, session: Session, key: SortKey) -> None:
        self.id = session.id
        self.session = session
        self.key = key
        self.status_word = session.status.value
        self.search_text = fold(_searched(session))

    def become(self, newer: "SessionRow") -> None:
        """Hold a newer state of the same session, which must have the same key."""
        self.session = newer.session
        self.status_word = newer.status_word
        self.search_text = newer.search_text


def fold(text: str) -> str:
    """Return *text* without accents and in one case, so that « Élodie » is found by "elodie"."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in plain if not unicodedata.combining(character))


def _searched(session: Session) -> str:
    # A line end between the parts keeps a search from matching across two of them.
    parts = [session.name, session.code, session.created_by.name]
    if session.technician is not None:
        parts.append(session.technician.name)
    if session.email is not None:
        parts.append(session.email.to)
    return "\n".join(parts)
