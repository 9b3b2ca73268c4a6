"""Folds long messages: their beginning is shown, and the rest when it is wanted."""

from functools import lru_cache

from msgspec import Struct

from rescue_console.desktop.words.links import pieces
from rescue_console.protocol.foreign_text import paragraphs
from rescue_console.protocol.limits import CHAT_SHOWN_MAX, FOLD_CHARACTERS, FOLD_LINES


class FoldedText(Struct, frozen=True):
    """A message made safe to show; ``head`` is what is shown of it while it is folded."""

    whole: str
    head: str

    @property
    def is_long(self) -> bool:
        """Whether folding hides anything."""
        return len(self.head) < len(self.whole)

    def hides(self, words: str) -> bool:
        """Tell whether *words*, in upper or lower case, are in what folding hides."""
        wanted = words.lower()
        return self.whole.lower().count(wanted) > self.head.lower().count(wanted)


@lru_cache(maxsize=2 * CHAT_SHOWN_MAX)
def fold(text: str) -> FoldedText:
    """Return *text*, which somebody wrote, with what is shown of it at first."""
    whole = paragraphs(text)
    return FoldedText(whole, whole[: _end(whole)])


def _end(text: str) -> int:
    lines = text.split("\n", FOLD_LINES)
    end = len(text) - len(lines[-1]) - 1 if len(lines) > FOLD_LINES else len(text)
    end = min(end, FOLD_CHARACTERS)
    if end == len(text):
        return end
    start = 0
    for piece in pieces(text):
        after = start + len(piece.text)
        if piece.link and start < end < after:
            # Half an address would lead elsewhere.
            return start or after
        start = after
    return end
