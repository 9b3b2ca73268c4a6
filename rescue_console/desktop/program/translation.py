"""Sets the application's language, at startup and while it runs.

Screens follow by themselves: those that set text in code pass a function to ``on_language_change``
that sets it again.
"""

from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QCoreApplication,
    QDir,
    QLibraryInfo,
    QLocale,
    QTranslator,
)

from rescue_console.desktop import resources_rc  # noqa: F401 (holds the files below ":/")
from rescue_console.desktop.program.settings import AS_SYSTEM, LanguageChoice, Settings
from rescue_console.protocol.choices import Language
from rescue_console.protocol.languages import ENGLISH, first_spoken, in_order

FOLDER = ":/translations"
"""Where the build puts every catalogue that it finds."""
_CATALOGUE = "rescue_console_"
_OURS = "translation of this program"
_OWN_NAME: object = QT_TRANSLATE_NOOP("Language", "English")
"""A language's name for itself; each catalogue translates it into its own."""


def spoken() -> list[Language]:
    """Return the languages that the screens exist in, in the order in which lists show them."""
    names = QDir(FOLDER).entryList([f"{_CATALOGUE}*.qm"])
    codes = [name.removeprefix(_CATALOGUE).removesuffix(".qm") for name in names]
    return in_order([ENGLISH, *(Language(code.replace("_", "-")) for code in codes)])


def language_name(language: Language) -> str:
    """Return the name of *language* in that language, so that people find theirs."""
    if language == ENGLISH:
        return str(_OWN_NAME)
    catalogue = QTranslator()
    catalogue.load(_catalogue(language), FOLDER)
    return catalogue.translate("Language", str(_OWN_NAME)) or language


def resolve(choice: LanguageChoice, system_languages: list[str] | None = None) -> Language:
    """Return the language to show: the one chosen, or the first of the system's that exists here.

    Args:
        system_languages: BCP 47 tags, most preferred first; by default the system's own.
    """
    if choice != AS_SYSTEM:
        return first_spoken([choice], spoken())
    if system_languages is None:
        system_languages = QLocale.system().uiLanguages()
    return first_spoken(system_languages, spoken())


def install(app: QCoreApplication, choice: LanguageChoice) -> Language:
    """Show everything in the language of *choice* from now on; return that language."""
    language = resolve(choice)
    for old in app.findChildren(QTranslator, _OURS):
        app.removeTranslator(old)
        old.deleteLater()
    QLocale.setDefault(_locale(language))
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    _install_one(app, f"qtbase_{_underscored(language)}", qt)
    _install_one(app, _catalogue(language), FOLDER)
    return language


def follow(app: QCoreApplication, settings: Settings) -> None:
    """Use the language of the setting, now and whenever it changes."""

    def on_changed(name: str) -> None:
        if name == Settings.language.name:
            install(app, settings.language)

    install(app, settings.language)
    settings.changed.connect(on_changed)


def _install_one(app: QCoreApplication, catalogue: str, folder: str) -> None:
    """Install a catalogue when there is one: English needs none, as the language of the source."""
    translator = QTranslator(app)
    translator.setObjectName(_OURS)
    if translator.load(catalogue, folder):
        app.installTranslator(translator)
    else:
        translator.deleteLater()


def _locale(language: Language) -> QLocale:
    """Return the locale for dates and numbers: the system's own if it is in *language*."""
    system, usual = QLocale.system(), QLocale(language)
    return system if system.language() == usual.language() else usual


def _catalogue(language: Language) -> str:
    return f"{_CATALOGUE}{_underscored(language)}"


def _underscored(language: Language) -> str:
    """Return the code as Qt's tools name their files: ``pt_BR``."""
    return language.replace("-", "_")
