"""Makes text from outside safe to show: nothing in it hides, deceives or takes up room.

Code that shows names, messages, answers of systems or anything else from outside passes it through
``line`` or ``paragraphs`` first. The text stays plain text: no markup in it is ever interpreted.
"""

import re
import unicodedata

REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""The embedding, override and isolate marks of the Unicode bidirectional algorithm: they reorder
what follows, so that one name or link could look like another. Source: UAX #9, 2.1 to 2.5."""

JOINERS = "\u200c\u200d"
"""Invisible on their own; emoji and several scripts need them between visible characters."""

_OBJECT = "\ufffc"
"""Stands for a picture or a table in some documents, so text from outside must not hold it."""

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def line(text: str, at_most: int | None = None, *, joiners: bool = True) -> str:
    """Return *text* as one line of visible characters with single spaces.

    White space and control characters of any kind become a space; format, private and unassigned
    characters are removed.

    Args:
        text: Text from outside.
        at_most: Characters that there is room for; a longer text is cut and ends in ``…``.
        joiners: Whether JOINERS stay between visible characters.
    """
    if at_most is not None:
        # The rest would be cut off anyway, and may be very long.
        text = text[: 4 * at_most]
    if not text.isprintable() or _OBJECT in text:
        text = "".join(_in_line(character, joiners) for character in text)
    words = (word.strip(JOINERS) for word in text.split())
    whole = " ".join(word for word in words if word)
    if at_most is None or len(whole) <= at_most:
        return whole
    return f"{whole[: at_most - 1]}…"


def paragraphs(text: str, *, newer: bool = False) -> str:
    """Return *text* without deceptive characters; it keeps its tabs and its lines, ended by LF.

    Control, private, unassigned and reordering characters are removed; marks that a script or an
    emoji needs stay.

    Args:
        text: Text from outside.
        newer: Whether to keep characters that this Python does not know: later versions of Unicode
            have them, and other programs may know them. Noncharacters are removed even then.
            Source: Unicode, section 23.7.
    """
    ended = _LINE_ENDS.sub("\n", text)
    return "".join(each for each in ended if each in "\n\t" or _in_paragraph(each, newer))


def _in_line(character: str, joiners: bool) -> str:
    category = unicodedata.category(character)
    if character.isspace() or category == "Cc":
        return " "
    if character in JOINERS:
        return character if joiners else ""
    return "" if category[0] == "C" or character == _OBJECT else character


def _in_paragraph(character: str, newer: bool) -> bool:
    if character in REORDERING or character == _OBJECT:
        return False
    category = unicodedata.category(character)
    if category == "Cn":
        return newer and not _is_noncharacter(ord(character))
    return category not in ("Cc", "Cs", "Co")


def _is_noncharacter(number: int) -> bool:
    return number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF
