"""The names of the powers over a customer's device, and of the states of their consent."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from rescue_console.desktop.look.palettes import Tone
from rescue_console.protocol.hindrances import PowerHindrance
from rescue_console.protocol.powers import Consent, Power

translate = QCoreApplication.translate

_NAMES: dict[Power, object] = {
    Power.VIEW: QT_TRANSLATE_NOOP("Power", "See the screen"),
    Power.CONTROL: QT_TRANSLATE_NOOP("Power", "Control"),
    Power.CLIPBOARD: QT_TRANSLATE_NOOP("Power", "Clipboard"),
    Power.FILES: QT_TRANSLATE_NOOP("Power", "Files"),
    Power.FILE_MANAGER: QT_TRANSLATE_NOOP("Power", "File manager"),
    Power.SYSTEM_INFORMATION: QT_TRANSLATE_NOOP("Power", "System information"),
    Power.REBOOT: QT_TRANSLATE_NOOP("Power", "Restart"),
}
_STATES: dict[Consent, object] = {
    Consent.NONE: QT_TRANSLATE_NOOP("Power", "not asked"),
    Consent.ASKED: QT_TRANSLATE_NOOP("Power", "asked…"),
    Consent.GRANTED: QT_TRANSLATE_NOOP("Power", "granted"),
    Consent.DENIED: QT_TRANSLATE_NOOP("Power", "denied"),
}
_TONES = {
    Consent.NONE: Tone.QUIET,
    Consent.ASKED: Tone.WARNING,
    Consent.GRANTED: Tone.GOOD,
    Consent.DENIED: Tone.ERROR,
}
_ICONS = {
    Power.VIEW: "screen",
    Power.CONTROL: "control",
    Power.CLIPBOARD: "clipboard",
    Power.FILES: "files",
    Power.FILE_MANAGER: "folder",
    Power.SYSTEM_INFORMATION: "system",
    Power.REBOOT: "restart",
}


def power_text(power: Power) -> str:
    """Return what *power* is called."""
    return translate("Power", str(_NAMES[power]))


def consent_text(consent: Consent, hindrance: str = "") -> str:
    """Return the name of a consent's state, given the word for why the power is not there."""
    if consent is Consent.DENIED and hindrance == PowerHindrance.TAKEN_BACK:
        return translate("Power", "taken back")
    if consent is Consent.DENIED and hindrance not in ("", PowerHindrance.DECLINED):
        return translate("Power", "not possible")
    return translate("Power", str(_STATES[consent]))


def consent_tone(consent: Consent) -> Tone:
    """Return the tone in which a consent's state is shown."""
    return _TONES[consent]


def power_icon(power: Power) -> str:
    """Return the name of the icon of *power*."""
    return _ICONS[power]
