"""What people type and paste, without what keyboards, mail programs and messengers put around it.

E-mail addresses, links and servers' addresses come through here in every program, so that what one
of them takes, all of them take. Nothing here decides whether something is good:
``check_address``, ``read_link`` and ``read_address`` do, on what is left.
"""

import html
import re
import unicodedata
from urllib.parse import unquote

from rescue_console.protocol.foreign_text import JOINERS, REORDERING

_TEXT_MAX = 8_192
"""Longer texts are no address; reading them would take time."""
_QUOTES = frozenset("\"'`´‘’‚‛“”„‟«»‹›「」『』")
_CLOSING = frozenset(".,;:!?…。．｡،؛、，；")
_BRACKETS = {"<": ">", "[": "]", "(": ")", "*": "*", "_": "_", "＜": "＞"}
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0xFE6B: "@", 0x3000: " "}
"""The ASCII characters as Chinese and Japanese input methods write them."""
_MARKED = re.compile(
    r"[<\[(](?:mailto:)?([^<>\[\]()|\s@]+@[^<>\[\]()|\s@]+)(?:\|[^<>|]*)?[>\])]", re.IGNORECASE
)
_LINE_BREAKS = re.compile(r"[\r\n\v\f\x85\u2028\u2029]+")
_QUOTED = " \t>|"
"""What a mail program puts in front of the lines of a mail that is answered."""
_LAYERS = 4
"""A link that a gateway has packed into its own, which another has packed again, and once more."""


def bare(text: str) -> str:
    """Return *text* in characters that are seen, without white space, quotes and brackets around.

    Marks that reorder text are taken off its ends only: inside, what is shown is not what is there.
    """
    if len(text) > _TEXT_MAX:
        return text
    seen = _seen(text)
    while True:
        inner = _without_ends(seen)
        if len(inner) > 1 and (
            _BRACKETS.get(inner[0]) == inner[-1] or (inner[0] in _QUOTES and inner[-1] in _QUOTES)
        ):
            inner = inner[1:-1]
        if inner == seen:
            return seen
        seen = inner


def bare_address(text: str) -> str:
    """Return the e-mail address in *text*, or *text* where that does not hold exactly one.

    ``Anna <anna@example.org>;``, ``mailto:anna@example.org?subject=…`` and what programs make of an
    address with a link behind it give ``anna@example.org``.
    """
    if len(text) > _TEXT_MAX:
        return text
    whole = _seen(text)
    marked = {_plain_address(found) for found in _MARKED.findall(whole)}
    if len(marked) == 1:
        [address] = marked
        rest = bare(_MARKED.sub(" ", whole))
        if "@" not in rest or _plain_address(rest) == address:
            return address
    return _plain_address(whole)


def unpacked(text: str) -> str:
    """Return a link in *text* as it was before gateways, mail programs and messengers had it.

    Line breaks, escapes of HTML, and percent signs over percent signs go. Empty when *text* is too
    long to be anything of the kind.
    """
    if len(text) > _TEXT_MAX:
        return ""
    link = _on_one_line(text)
    for _ in range(_LAYERS):
        plainer = _on_one_line(html.unescape(unquote(link)))
        if plainer == link:
            break
        link = plainer
    return link


def _on_one_line(text: str) -> str:
    return "".join(line.strip(_QUOTED) for line in _LINE_BREAKS.split(bare(text)))


def _plain_address(text: str) -> str:
    address = bare(text)
    if address[:7].lower() == "mailto:":
        address = bare(unquote(address[7:].partition("?")[0]))
    # Some keyboards put a space behind a suggestion, and some people one before.
    return re.sub(r"[ \t\u00a0]*@[ \t\u00a0]*", "@", address)


def _seen(text: str) -> str:
    return _without_unseen(text).translate(_FULL_WIDTH)


def _without_unseen(text: str) -> str:
    if text.isascii():
        return text
    return "".join(
        one
        for place, one in enumerate(text)
        if one in REORDERING
        or not _is_unseen(one)
        or (one in JOINERS and _joins(text[place - 1 : place], text[place + 1 : place + 2]))
    )


def _is_unseen(character: str) -> bool:
    # Variation selectors are marks, but none that anybody sees behind a letter or digit.
    return unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f"


def _joins(before: str, after: str) -> bool:
    """Tell whether a joiner between two characters may belong to how a word is written."""
    return bool(before and after) and not (before.isascii() or after.isascii())


def _without_ends(text: str) -> str:
    start, end = 0, len(text)
    while start < end and (text[start].isspace() or text[start] in REORDERING):
        start += 1
    while start < end and (
        text[end - 1].isspace() or text[end - 1] in REORDERING or text[end - 1] in _CLOSING
    ):
        end -= 1
    return text[start:end]
