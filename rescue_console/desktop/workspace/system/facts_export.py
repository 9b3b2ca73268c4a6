"""System information as a file: plain text, or a table for a spreadsheet."""

import csv
import io
from collections.abc import Iterable

from rescue_console.protocol.channel import Fact
from rescue_console.protocol.foreign_text import line

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_text(facts: Iterable[Fact]) -> str:
    """Return *facts* as lines, a blank one before each section."""
    lines: list[str] = []
    section = None
    for fact in facts:
        if fact.section != section:
            section = fact.section
            lines += ["", section] if lines else [section]
        lines.append(f"  {line(fact.name)}: {line(fact.value)}")
    return "\n".join(lines) + "\n" if lines else ""


def as_csv(facts: Iterable[Fact]) -> str:
    """Return *facts* as comma-separated values, none of which a spreadsheet takes for a formula.

    Sources: RFC 4180; OWASP, "CSV Injection".
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(["Section", "Name", "Value"])
    for fact in facts:
        writer.writerow([_plain(text) for text in (fact.section, fact.name, fact.value)])
    return written.getvalue()


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
