"""Words from elsewhere, made fit for a small window in which *Stop* must stay in sight."""

from rescue_console.protocol.foreign_text import line

NAME_MAX = 60
TEXT_MAX = 400


def shown(text: str, at_most: int = TEXT_MAX) -> str:
    """Return *text* as one line that fits, of characters that each take their room."""
    return line(text, at_most, joiners=False)
