"""Why mouse and keyboard of a device cannot be controlled, as sentences for the technician.

The English sentence travels in ``channel.Greeting.why_not``; a screen translates the ones it knows.
"""

from enum import StrEnum


class ControlHindrance(StrEnum):
    """A sentence for the person."""

    WAYLAND = (
        "This desktop uses Wayland, which does not let programs use mouse and keyboard. "
        "Choose an X11 (Xorg) session at sign-in to allow control."
    )
    NO_SCREEN = "There is no screen that can be controlled."
    NOT_LET = "This screen does not let programs use mouse and keyboard."
    NOT_TRUSTED = (
        "Allow this program under System Settings, Privacy and Security, Accessibility, "
        "and start it again."
    )
