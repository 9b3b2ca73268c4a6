"""Why something of control is not possible on a device, as sentences for both sides.

The English sentence travels in ``channel.Greeting``; a screen translates the ones it knows.
"""

from enum import StrEnum


class ControlHindrance(StrEnum):
    """Why mouse and keyboard cannot be controlled."""

    WAYLAND = (
        "This desktop uses Wayland, which does not let programs use mouse and keyboard. "
        "Choose an X11 (Xorg) session at sign-in to allow control."
    )
    NO_SCREEN = "There is no screen that can be controlled."
    NOT_LET = "This screen does not let programs use mouse and keyboard."
    NOT_WATCHED = (
        "This screen does not tell programs when its user moves the mouse or types, "
        "so their own input could not come first."
    )
    NOT_TRUSTED = (
        "Allow this program under System Settings, Privacy and Security, Accessibility, "
        "and start it again."
    )


class AttentionHindrance(StrEnum):
    """Why the applet cannot press Ctrl-Alt-Del."""

    WINDOWS = "Windows takes Ctrl-Alt-Del from the keyboard only. Ask the customer to press it."
    MACOS = "macOS has no Ctrl-Alt-Del."
