"""The language of mail templates: text with placeholders in single braces.

``{link}`` is replaced, ``{{`` and ``}}`` stand for single braces, and everything else stays as it
is. A template is parsed once into its parts, and filling it only joins them: values are never
parsed, so they cannot add a placeholder, a line or a header of their own.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from rescue_console.protocol.foreign_text import REORDERING
from rescue_console.protocol.problems import FieldError


class Placeholder(StrEnum):
    """The placeholders of a template; each value is the word between the braces."""

    LINK = "link"
    NAME = "name"
    TECHNICIAN = "technician"
    ORGANIZATION = "organization"
    CODE = "code"
    EXPIRES = "expires"


class TemplateRefused(ValueError):
    """A template cannot be used; ``errors`` say where and why, in words for a person."""

    def __init__(self, errors: list[FieldError]) -> None:
        super().__init__("; ".join(error.what for error in errors))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed template: its literal text and placeholders, in order."""

    parts: tuple[str | Placeholder, ...]

    def fill(self, values: Mapping[Placeholder, str]) -> str:
        """Return the text with every placeholder replaced by its value on one line."""
        return "".join(
            one_line(values[part]) if isinstance(part, Placeholder) else part for part in self.parts
        )


_TOKEN = re.compile(r"\{\{|\}\}|\{(?P<word>[^{}\n]*)\}|[{}]")
_KNOWN = ", ".join(f"{{{placeholder}}}" for placeholder in Placeholder)
_WORDS = frozenset(Placeholder)
_EXCERPT_MAX = 40
_ERRORS_MAX = 20


def read_subject(text: str, where: str = "subject") -> Template:
    """Read the template of a subject.

    Raises:
        TemplateRefused: it is empty, has more than one line, or names an unknown placeholder.
    """
    source = _normal_lines(text)
    errors = list(islice(_errors(source, where), _ERRORS_MAX))
    if "\n" in source:
        errors.append(_error(where, "A subject is one line.", source, source.index("\n")))
    if not source.strip():
        errors.append(FieldError(where, "The subject is empty."))
    return _parsed(source, errors)


def read_text(text: str, where: str = "text") -> Template:
    """Read the template of a mail's text.

    Raises:
        TemplateRefused: it lacks ``{link}`` or names an unknown placeholder.
    """
    source = _normal_lines(text)
    errors = list(islice(_errors(source, where), _ERRORS_MAX))
    if not any(match["word"] == Placeholder.LINK for match in _TOKEN.finditer(source)):
        errors.append(FieldError(where, "The text lacks {link}, which the customer must click."))
    return _parsed(source, errors)


def one_line(value: str) -> str:
    """Return *value* on one line, without control characters or marks that reorder text."""
    return "".join(" " if _breaks(character) else character for character in _shown(value)).strip()


def _shown(value: str) -> Iterator[str]:
    return (
        character
        for character in value
        if character not in REORDERING and unicodedata.category(character) != "Cs"
    )


def _breaks(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Zl", "Zp"}


def _normal_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _parsed(source: str, errors: list[FieldError]) -> Template:
    if errors:
        raise TemplateRefused(errors)
    parts: list[str | Placeholder] = []
    end = 0
    for match in _TOKEN.finditer(source):
        parts.append(source[end : match.start()])
        parts.append(Placeholder(match["word"]) if match["word"] else match[0][0])
        end = match.end()
    parts.append(source[end:])
    return Template(tuple(part for part in parts if part))


def _errors(source: str, where: str) -> Iterator[FieldError]:
    for match in _TOKEN.finditer(source):
        what = _what_is_wrong(match)
        if what is not None:
            yield _error(where, what, source, match.start())
    for position, character in enumerate(source):
        if character not in "\n\t" and one_line(f"|{character}|") != f"|{character}|":
            what = f"The character U+{ord(character):04X} is not allowed."
            yield _error(where, what, source, position)


def _what_is_wrong(match: re.Match[str]) -> str | None:
    token, word = match[0], match["word"]
    if token == "{":
        return "This { is not closed. Write {{ for a brace that is shown."
    if token == "}":
        return "This } closes nothing. Write }} for a brace that is shown."
    if word is None or word in _WORDS:
        return None
    shown = one_line(word)[:_EXCERPT_MAX]
    return f"There is no placeholder {{{shown}}}. Known are {_KNOWN}."


def _error(where: str, what: str, source: str, position: int) -> FieldError:
    line_start = source.rfind("\n", 0, position) + 1
    line = source.count("\n", 0, position) + 1
    return FieldError(where, what, line=line, column=position - line_start + 1)
