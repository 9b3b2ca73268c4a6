"""A chat as a file: plain text, or HTML in which everything said is escaped."""

from collections.abc import Callable
from datetime import datetime
from html import escape

from msgspec import Struct

from rescue_console.desktop.words.links import pieces
from rescue_console.protocol.answers import ChatMessage
from rescue_console.protocol.foreign_text import line, paragraphs

MomentText = Callable[[datetime], str]
"""Returns a moment in words."""

_HEAD = """<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>{title}</title>
</head>
<body>
<h1>{title}</h1>
<dl>
"""
_TAIL = """</dl>
</body>
</html>
"""


class Transcript(Struct, frozen=True):
    """What a file consists of: a head, each message's entry, and a tail."""

    head: str
    entry: Callable[[ChatMessage], str]
    tail: str


def as_text(title: str, name: str, moment: MomentText) -> Transcript:
    """Return a transcript as plain text.

    Args:
        title: Its first line.
        name: What to call a customer without a name.
        moment: Puts moments into words.
    """

    def entry(message: ChatMessage) -> str:
        who = f"{_name(message, name)}, {moment(message.at)}"
        return f"\n{who}\n{paragraphs(message.text)}\n"

    return Transcript(f"{title}\n", entry, "")


def as_html(title: str, name: str, moment: MomentText) -> Transcript:
    """Return a transcript as a page that loads and runs nothing; see ``as_text``."""

    def entry(message: ChatMessage) -> str:
        return _entry(message, name, moment)

    return Transcript(_HEAD.format(title=escape(title)), entry, _TAIL)


def _entry(message: ChatMessage, name: str, moment: MomentText) -> str:
    who = escape(_name(message, name))
    return f"<dt><b>{who}</b>, {escape(moment(message.at))}</dt>\n<dd>{_body(message.text)}</dd>\n"


def _body(text: str) -> str:
    parts = (
        f'<a rel="noreferrer noopener" href="{escape(piece.link)}">{escape(piece.text)}</a>'
        if piece.link
        else escape(piece.text)
        for piece in pieces(paragraphs(text))
    )
    return "".join(parts).replace("\n", "<br>")


def _name(message: ChatMessage, name: str) -> str:
    return line(message.name) or name
