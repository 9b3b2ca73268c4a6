"""Why something of control is not possible on a device, as words that each screen says itself."""

from enum import StrEnum


class ControlHindrance(StrEnum):
    """Why mouse and keyboard cannot be controlled; the values are the words used on the wire."""

    WAYLAND = "wayland"
    """The desktop does not let programs use mouse and keyboard."""
    NO_SCREEN = "no_screen"
    NOT_LET = "not_let"
    """The screen does not let programs use mouse and keyboard."""
    NOT_WATCHED = "not_watched"
    """The screen does not tell what its user does, so that their hands could not come first."""
    NOT_TRUSTED = "not_trusted"
    """The person must allow the program in the system's settings first."""


class AttentionHindrance(StrEnum):
    """Why the applet cannot press Ctrl-Alt-Del; the values are the words used on the wire."""

    WINDOWS = "windows"
    """The system takes these keys from the keyboard only."""
    MACOS = "macos"
    """The system does not have these keys."""
