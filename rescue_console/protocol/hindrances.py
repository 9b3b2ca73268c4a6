"""Why something that was asked for is not possible: words that each screen puts in sentences."""

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


class PowerHindrance(StrEnum):
    """Why a power is not there, or not as it was asked for; the values are the words on the wire.

    The server knows from its rules who has said no. What a browser does not let the page do, the
    page reports; the server knows by itself only of a browser without scripts.
    """

    DECLINED = "declined"
    """The customer was asked and said no."""
    TAKEN_BACK = "taken_back"
    """The customer had granted it and has ended it."""
    NOTHING_CHOSEN = "nothing_chosen"
    """The customer closed the browser's own question without choosing anything."""
    DENIED_BY_SYSTEM = "denied_by_system"
    """The operating system does not let the browser record the screen."""
    DENIED_BY_POLICY = "denied_by_policy"
    """A rule for this browser, or one that came with the page, forbids it."""
    BLOCKED = "blocked"
    """The browser remembers that this page must not see the screen, so it asks nobody."""
    NOTHING_FOUND = "nothing_found"
    """The browser finds no screen or window that it could show."""
    NOT_READABLE = "not_readable"
    """The operating system does not hand over the picture of what was chosen."""
    BROKEN_OFF = "broken_off"
    """The browser broke off, or wants another click."""
    CAMERA_ONLY = "camera_only"
    """The browser cannot show its screen, so it shows the camera's picture instead."""
    CAMERA_DECLINED = "camera_declined"
    """The customer closed the browser's own question about the camera."""
    CAMERA_DENIED_BY_SYSTEM = "camera_denied_by_system"
    CAMERA_DENIED_BY_POLICY = "camera_denied_by_policy"
    CAMERA_BLOCKED = "camera_blocked"
    CAMERA_NOT_FOUND = "camera_not_found"
    CAMERA_NOT_READABLE = "camera_not_readable"
    """The camera is there but gives no picture; mostly another program uses it."""
    CAMERA_BROKEN_OFF = "camera_broken_off"
    NO_CAPTURE = "no_capture"
    """The browser can show neither its screen nor a camera's picture."""
    NO_WEBRTC = "no_webrtc"
    """The browser makes no direct connections."""
    INSECURE = "insecure"
    """The page came over plain http, where browsers allow none of it."""
    NO_SCRIPTS = "no_scripts"
    """The browser runs no scripts, so the page cannot even ask."""


REPORTED = frozenset(PowerHindrance) - {
    PowerHindrance.DECLINED,
    PowerHindrance.TAKEN_BACK,
    PowerHindrance.NO_SCRIPTS,
}
"""What the page itself reports."""

NO_OBSTACLES = frozenset(
    {
        PowerHindrance.NOTHING_CHOSEN,
        PowerHindrance.CAMERA_DECLINED,
        PowerHindrance.CAMERA_ONLY,
    }
)
"""What does not keep the customer from saying yes: whoever says no after it has declined."""
