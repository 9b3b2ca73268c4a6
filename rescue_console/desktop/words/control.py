"""Why control, or a part of it, is not possible on the customer's device, in words."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from rescue_console.protocol.foreign_text import line
from rescue_console.protocol.hindrances import AttentionHindrance, ControlHindrance

_HINDRANCES: dict[str, object] = {
    ControlHindrance.WAYLAND: QT_TRANSLATE_NOOP(
        "ControlHindrance",
        "This desktop uses Wayland, which does not let programs use mouse and keyboard. "
        "Choose an X11 (Xorg) session at sign-in to allow control.",
    ),
    ControlHindrance.NO_SCREEN: QT_TRANSLATE_NOOP(
        "ControlHindrance", "There is no screen that can be controlled."
    ),
    ControlHindrance.NOT_LET: QT_TRANSLATE_NOOP(
        "ControlHindrance", "This screen does not let programs use mouse and keyboard."
    ),
    ControlHindrance.NOT_WATCHED: QT_TRANSLATE_NOOP(
        "ControlHindrance",
        "This screen does not tell programs when its user moves the mouse or types, "
        "so their own input could not come first.",
    ),
    ControlHindrance.NOT_TRUSTED: QT_TRANSLATE_NOOP(
        "ControlHindrance",
        "Allow this program under System Settings, Privacy and Security, Accessibility, "
        "and start it again.",
    ),
    AttentionHindrance.WINDOWS: QT_TRANSLATE_NOOP(
        "ControlHindrance",
        "Windows takes Ctrl-Alt-Del from the keyboard only. Ask the customer to press it.",
    ),
    AttentionHindrance.MACOS: QT_TRANSLATE_NOOP("ControlHindrance", "macOS has no Ctrl-Alt-Del."),
}


def hindrance_text(hindrance: str) -> str:
    """Return a hindrance in the language of the screens; an unknown one is shown as it is."""
    known = _HINDRANCES.get(hindrance)
    if known is None:
        return line(hindrance)
    return QCoreApplication.translate("ControlHindrance", str(known))
