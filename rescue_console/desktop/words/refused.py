"""Why typed text was refused, in the language of the screens.

The protocol gives the reason in English; its numbers are put back after translation.
"""

import re

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from rescue_console.protocol.text import TextRefused

_CONTEXT = "TextRefused"
REASONS: tuple[object, ...] = (
    QT_TRANSLATE_NOOP("TextRefused", "The name has {0} characters; at most {1} are allowed."),
    QT_TRANSLATE_NOOP("TextRefused", "Type an e-mail address."),
    QT_TRANSLATE_NOOP("TextRefused", "The address is longer than {0} characters."),
    QT_TRANSLATE_NOOP("TextRefused", "The address has no @."),
    QT_TRANSLATE_NOOP("TextRefused", "The part before the @ is not valid."),
    QT_TRANSLATE_NOOP("TextRefused", "The part after the @ is not valid."),
    QT_TRANSLATE_NOOP("TextRefused", "The part after the @ lacks a dot."),
)
_NUMBER = re.compile(r"\d+")


def refused_key(refusal: TextRefused) -> str:
    """Return the refusal's English sentence with ``{0}``, ``{1}`` … in place of its numbers."""
    pieces = _NUMBER.split(str(refusal))
    marks = [f"{{{index}}}" for index in range(len(pieces) - 1)]
    return "".join(piece + mark for piece, mark in zip(pieces, [*marks, ""], strict=True))


def refused_text(refusal: TextRefused) -> str:
    """Return why *refusal* was raised, for the person who typed."""
    sentence = QCoreApplication.translate(_CONTEXT, refused_key(refusal))
    return sentence.format(*_NUMBER.findall(str(refusal)))
