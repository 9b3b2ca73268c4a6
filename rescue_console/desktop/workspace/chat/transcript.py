"""A chat as a file: plain text, or HTML in which everything said is escaped."""

from collections.abc import Callable, Iterable
from datetime import datetime
from html import escape

from rescue_console.desktop.words.links import pieces
from rescue_console.protocol.answers import ChatMessage
from rescue_console.protocol.foreign_text import line, paragraphs

MomentText = Callable[[datetime], str]
"""Returns a moment in words."""

_PAGE = """<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>{title}</title>
</head>
<body>
<h1>{title}</h1>
<dl>
{messages}
</dl>
</body>
</html>
"""


def as_text(title: str, messages: Iterable[ChatMessage], name: str, moment: MomentText) -> str:
    """Return a chat as plain text.

    Args:
        title: Its first line.
        name: What to call a customer without a name.
    """
    lines = [title, ""]
    for message in messages:
        lines += [f"{_name(message, name)}, {moment(message.at)}", paragraphs(message.text), ""]
    return "\n".join(lines)


def as_html(title: str, messages: Iterable[ChatMessage], name: str, moment: MomentText) -> str:
    """Return a chat as a page that loads and runs nothing; see ``as_text``."""
    shown = "\n".join(_entry(message, name, moment) for message in messages)
    return _PAGE.format(title=escape(title), messages=shown)


def _entry(message: ChatMessage, name: str, moment: MomentText) -> str:
    who = escape(_name(message, name))
    return f"<dt><b>{who}</b>, {escape(moment(message.at))}</dt>\n<dd>{_body(message.text)}</dd>"


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
