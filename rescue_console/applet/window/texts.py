"""What the applet's window says: English sentences are keys, translations come from files.

A text may hold placeholders like ``{name}``. What a translation lacks is shown in English.
"""

import locale
import os
from collections.abc import Mapping
from pathlib import Path

from rescue_console.protocol.choices import Language
from rescue_console.protocol.hindrances import ControlHindrance
from rescue_console.protocol.languages import ENGLISH, first_spoken
from rescue_console.protocol.powers import Power
from rescue_console.texts.texts import read_sentences

TRANSLATIONS = Path(__file__).with_name("translations")
"""One file for each language but English: ``fr.json``, its keys the English sentences."""

POWER_TEXTS: dict[Power, str] = {
    Power.VIEW: "see your screen",
    Power.CONTROL: "use your mouse and keyboard",
    Power.CLIPBOARD: "read and change your clipboard",
    Power.FILES: "send you files and receive files that you choose",
    Power.FILE_MANAGER: "browse, change and delete your files",
    Power.SYSTEM_INFORMATION: "see information about this computer",
    Power.REBOOT: "restart this computer",
}

HINDRANCE_TEXTS: dict[ControlHindrance, str] = {
    ControlHindrance.WAYLAND: (
        "This desktop uses Wayland, which does not let programs use mouse and keyboard. "
        "Choose an X11 (Xorg) session at sign-in to allow control."
    ),
    ControlHindrance.NO_SCREEN: "There is no screen that can be controlled.",
    ControlHindrance.NOT_LET: "This screen does not let programs use mouse and keyboard.",
    ControlHindrance.NOT_WATCHED: (
        "This screen does not tell programs when its user moves the mouse or types, "
        "so their own input could not come first."
    ),
    ControlHindrance.NOT_TRUSTED: (
        "Allow this program under System Settings, Privacy and Security, Accessibility, "
        "and start it again."
    ),
}


class Texts:
    """The texts in one language: ``texts("Allow")``."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._sentences = read_sentences(TRANSLATIONS).get(language, {})

    def __call__(self, english: str, **values: str) -> str:
        """Return *english* in this language, its placeholders filled in."""
        text = str(self._sentences.get(english, english))
        return text.format(**values) if values else text

    def power(self, power: Power) -> str:
        """Return what *power* lets the technician do, to go after "may" or "asks to"."""
        return self(POWER_TEXTS[power])

    def hindrance(self, hindrance: ControlHindrance) -> str:
        """Return why mouse and keyboard cannot be controlled on this computer."""
        return self(HINDRANCE_TEXTS[hindrance])


def system_language(environment: Mapping[str, str] = os.environ) -> Language:
    """Return the language of the person's system, or English if there is no translation for it."""
    names = [environment.get(name, "") for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")]
    said = next((name for name in names if name), "") or _locale_name()
    # Windows' locales have names like "French_France".
    tags = (said.partition(":")[0], locale.normalize(said.partition("_")[0]))
    return first_spoken(tags, [ENGLISH, *read_sentences(TRANSLATIONS)])


def _locale_name() -> str:
    # On Windows and macOS the variables are not set, but the locale is known.
    try:
        locale.setlocale(locale.LC_CTYPE, "")
        return locale.getlocale(locale.LC_CTYPE)[0] or ""
    except (locale.Error, ValueError):
        return ""
