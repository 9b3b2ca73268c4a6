"""Writes the words that the page's scripts share with the other programs, taken from the protocol.

Run it (``make words``) after changing one of them in ``rescue_console/protocol``: a test fails
until ``web/join/static/words.js`` is up to date.
"""

import json
import sys
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from rescue_console.protocol import limits, page_files, security_code
from rescue_console.protocol.customer import SHOWING_EVERY_S
from rescue_console.protocol.earlier_sentences import FILE_SENTENCES
from rescue_console.protocol.events import CLOSE_MALFORMED, CLOSE_TOKEN_REFUSED
from rescue_console.protocol.hindrances import PowerHindrance
from rescue_console.protocol.powers import APPLET_POWERS, STANDING
from rescue_console.protocol.problems import PROBLEM_BASE, ProblemWord
from rescue_console.protocol.statuses import CHATTING, HELPED, PAGE_LINKED

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "rescue_console" / "web" / "join" / "static" / "words.js"
HEAD = "// Written by deploy/make_words.py from rescue_console/protocol, where each is explained.\n"

SETS: Mapping[str, Collection[StrEnum]] = {
    "HELPED": HELPED,
    "CHATTING": CHATTING,
    "PAGE_LINKED": PAGE_LINKED,
    "STANDING": STANDING,
    "APPLET_POWERS": APPLET_POWERS,
}
WORDS: Mapping[str, type[StrEnum]] = {"HINDRANCE": PowerHindrance}
VALUES: Mapping[str, int | str] = {
    "CHAT_SHOWN_MAX": limits.CHAT_SHOWN_MAX,
    "FOLD_LINES": limits.FOLD_LINES,
    "FOLD_CHARACTERS": limits.FOLD_CHARACTERS,
    "LINK_MAX": limits.LINK_MAX,
    "FILES_SENT_MAX": limits.FILES_SENT_MAX,
    "FILES_OFFERED_MAX": limits.FILES_OFFERED_MAX,
    "FILE_MAX": page_files.FILE_MAX,
    "PART_MAX": page_files.PART_MAX,
    "TEXT_MAX": page_files.TEXT_MAX,
    "SHOWING_EVERY_MS": SHOWING_EVERY_S * 1_000,
    "CHAT_FULL": ProblemWord.CHAT_FULL,
    "NOT_FOUND": PROBLEM_BASE + ProblemWord.NOT_FOUND,
    "CLOSE_MALFORMED": CLOSE_MALFORMED,
    "CLOSE_TOKEN_REFUSED": CLOSE_TOKEN_REFUSED,
    "CODE_LABEL": security_code.CODE_LABEL,
    "COMMITMENT_LABEL": security_code.COMMITMENT_LABEL,
    "CODE_DIGITS": security_code.DIGITS,
    "VALUE_BYTES": security_code.VALUE_BYTES,
}


def script() -> str:
    """Return the whole text of the script."""
    return "\n".join([HEAD, *_lines(), ""])


def _lines() -> Iterator[str]:
    for name, words in SETS.items():
        yield f"export const {name} = new Set({json.dumps(sorted(words))});"
    for name, kind in WORDS.items():
        yield f"export const {name} = {{"
        for word in kind:
            yield f"  {word.name}: {json.dumps(word)},"
        yield "};"
    for name, value in VALUES.items():
        yield f"export const {name} = {json.dumps(value)};"
    yield "export const FILE_PROBLEMS = {"
    for problem, sentence in FILE_SENTENCES.items():
        yield f"  {problem}: {json.dumps(sentence)},"
    yield "};"


def main() -> int:
    """Write the script, and print that it was written."""
    SCRIPT.write_text(script(), encoding="utf-8")
    sys.stdout.write(f"{SCRIPT.name} is written.\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
