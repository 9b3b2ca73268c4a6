"""Shortens text from elsewhere for a small window in which *Stop* must stay in sight."""

from rescue_console.protocol.foreign_text import line

NAME_MAX = 60
TEXT_MAX = 400


def shown(text: str, at_most: int = TEXT_MAX) -> str:
    """Return *text* as a line of at most *at_most* characters, each of which takes up room."""
    return line(text, at_most, joiners=False)
