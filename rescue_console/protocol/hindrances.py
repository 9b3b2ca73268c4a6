"""Why parts of control are impossible on a device: words that each screen puts in sentences."""

from enum import StrEnum


class ControlHindrance(StrEnum):
    """Why mouse and keyboard cannot be controlled; the values are the words used on the wire."""

    WAYLAND = "wayland"
    """The desktop does not let programs use mouse and keyboard."""
    NO_SCREEN = "no_screen"
    NOT_LET = "not_let"
    """The screen does not let programs use mouse and keyboard."""
    NOT_WATCHED = "not_watched"
    """The screen does not report its user's own input, so that input could not come first."""
    NOT_TRUSTED = "not_trusted"
    """The customer must first allow the program in the system's settings."""


class AttentionHindrance(StrEnum):
    """Why the applet cannot press Ctrl-Alt-Del; the values are the words used on the wire."""

    WINDOWS = "windows"
    """The system accepts these keys only from the keyboard."""
    MACOS = "macos"
    """The system does not have these keys."""
