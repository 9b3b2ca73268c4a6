"""Puts the language on the application, at the start and while it runs.

Screens follow by themselves: Qt sends each widget a ``LanguageChange`` event, and those with text
of their own answer it by setting that text again.
"""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from rescue_console.desktop import resources_rc  # noqa: F401 (holds the files below ":/")
from rescue_console.desktop.program.settings import LanguageChoice, Settings
from rescue_console.protocol.choices import Language

_OURS = "translation of this program"
_LOCALES = {
    Language.ENGLISH: QLocale(QLocale.Language.English),
    Language.FRENCH: QLocale(QLocale.Language.French),
}


def resolve(choice: LanguageChoice, system_languages: list[str] | None = None) -> Language:
    """Return the language to show: the one chosen, or the first of the system's that we speak.

    Args:
        system_languages: BCP 47 tags, dearest first; by default the system's own.
    """
    if choice is not LanguageChoice.SYSTEM:
        return Language(choice.value)
    if system_languages is None:
        system_languages = QLocale.system().uiLanguages()
    for tag in system_languages:
        word = tag.replace("_", "-").partition("-")[0].lower()
        if word in set(Language):
            return Language(word)
    return Language.ENGLISH


def install(app: QCoreApplication, choice: LanguageChoice) -> Language:
    """Show everything in the language of *choice* from now on; return that language."""
    language = resolve(choice)
    for old in app.findChildren(QTranslator, _OURS):
        app.removeTranslator(old)
        old.deleteLater()
    locale = _locale(language)
    QLocale.setDefault(locale)
    folders = {
        "qtbase": QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath),
        "rescue_console": ":/translations",
    }
    for catalogue, folder in folders.items():
        _install_one(app, f"{catalogue}_{language}", folder)
    return language


def follow(app: QCoreApplication, settings: Settings) -> None:
    """Show the language of the setting, now and whenever it changes."""

    def on_changed(name: str) -> None:
        if name == Settings.language.name:
            install(app, settings.language)

    install(app, settings.language)
    settings.changed.connect(on_changed)


def _install_one(app: QCoreApplication, catalogue: str, folder: str) -> None:
    """Install a catalogue when there is one: English needs none, being the language of the keys."""
    translator = QTranslator(app)
    translator.setObjectName(_OURS)
    if translator.load(catalogue, folder):
        app.installTranslator(translator)
    else:
        translator.deleteLater()


def _locale(language: Language) -> QLocale:
    """Return how dates and numbers look: the system's way when it speaks *language*."""
    system = QLocale.system()
    return system if system.language() == _LOCALES[language].language() else _LOCALES[language]
