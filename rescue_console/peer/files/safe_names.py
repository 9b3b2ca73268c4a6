"""Reduces names from the other side to names that are safe for a file on any system.

Sources: Microsoft, "Naming Files, Paths, and Namespaces" (reserved names and characters, trailing
dots and spaces); POSIX.1-2017 section 3.170 (NUL and ``/``).
"""

import re
import unicodedata

from rescue_console.protocol.foreign_text import JOINERS

NAME_BYTES_MAX = 200
"""UTF-8 bytes in one part of a name; systems allow 255, and the part file's name is longer."""

DEPTH_MAX = 32
"""Parts in a name, including the file's own."""

_KEPT = frozenset(f"{JOINERS}\u00ad\u061c\u200e\u200f") | frozenset(
    chr(number) for number in range(0xE0020, 0xE0080)
)
"""Format characters that names need: emoji, flags and several scripts are written with them. None
reorders what follows it."""

_NAMELESS = "file"
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_DRIVE = re.compile(r"^[A-Za-z]:")
_SUPERSCRIPTS = str.maketrans("¹²³", "123")
_RESERVED = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
    | {f"{port}{number}" for port in ("COM", "LPT") for number in range(10)}
)


def safe_name(name: str) -> str:
    """Return *name* as one part of a path that every system reads as a plain name."""
    base = re.split(r"[/\\]", name)[-1]
    base = "".join(
        "_" if char not in _KEPT and unicodedata.category(char) in ("Cc", "Cf", "Cs") else char
        for char in _FORBIDDEN.sub("_", _DRIVE.sub("", base))
    )
    base = _shorten(base.strip().rstrip(". "))
    if base in ("", ".", ".."):
        return _NAMELESS
    stem = base.partition(".")[0].rstrip().translate(_SUPERSCRIPTS).upper()
    return f"_{base}" if stem in _RESERVED else base


def safe_parts(name: str) -> tuple[str, ...]:
    """Return the folders in *name* and the file's own name: at least one part.

    Empty parts, ``.``, ``..`` and drives are dropped, so that the path can only lead down.

    Raises:
        ValueError: there are more than DEPTH_MAX parts.
    """
    kept = [
        part
        for part in re.split(r"[/\\]", name)
        if part.strip().rstrip(". ") and not re.fullmatch(r"\s*[A-Za-z]:\s*", part)
    ]
    if len(kept) > DEPTH_MAX:
        raise ValueError("The folders are nested too deeply.")
    return tuple(safe_name(part) for part in kept) or (_NAMELESS,)


def numbered(name: str, number: int) -> str:
    """Return *name* with *number* before its suffix: ``report (2).pdf``."""
    stem, dot, suffix = name.rpartition(".")
    if not stem:
        return f"{name} ({number})"
    return f"{stem} ({number}){dot}{suffix}"


def _shorten(name: str) -> str:
    """Return *name* cut to NAME_BYTES_MAX; a short suffix is kept."""
    if len(name.encode()) <= NAME_BYTES_MAX:
        return name
    stem, dot, suffix = name.rpartition(".")
    ending = dot + suffix if stem and len(suffix.encode()) <= 16 else ""
    room = NAME_BYTES_MAX - len(ending.encode())
    cut = name[: len(name) - len(ending)].encode()[:room].decode(errors="ignore")
    return cut.rstrip(". ") + ending
