"""Words from elsewhere, made fit for a small window in which *Stop* must stay in sight."""

import unicodedata

NAME_MAX = 60
TEXT_MAX = 400


def shown(text: str, at_most: int = TEXT_MAX) -> str:
    """Return *text* as one line without characters that hide or turn others around."""
    visible = "".join(
        " " if character.isspace() else character
        for character in text[: 4 * at_most]
        if character.isspace() or unicodedata.category(character)[0] != "C"
    )
    line = " ".join(visible.split())
    return line if len(line) <= at_most else f"{line[: at_most - 1]}…"
