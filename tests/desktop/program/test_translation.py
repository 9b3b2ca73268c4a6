"""French: complete, with the same placeholders, the fixed labels and French typography."""

import importlib.util
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from rescue_console.desktop.program import translation
from rescue_console.desktop.program.settings import AS_SYSTEM, LanguageChoice, Settings
from rescue_console.protocol.choices import Language
from tests.stage.checkout import ROOT
from tests.stage.programs import starts_programs

FOLDER = ROOT / "resources" / "translations"
PLACEHOLDER = re.compile(r"%\d|%n|\{\w*\}|%L\d")

FIXED_LABELS = {
    "New session": "Nouvelle session",
    "Session toolbar": "Barre d’outils de session",
    "Session list": "Liste de sessions",
    "Create session": "Créer une session",
    "Name": "Nom",
    "E-mail": "E-mail",
    "Send the e-mail with my default mail client on this computer": (
        "Envoyer l’e-mail par mon client de messagerie par défaut sur ce PC"
    ),
    "Send an e-mail on my behalf through the Rescue servers": (
        "Envoyer un e-mail de ma part par les serveurs Rescue"
    ),
    "To": "À",
    "This message is for a mobile device": "Ce message est pour un appareil mobile",
    "Device platform": "Plate-forme du périphérique",
    "Send link by e-mail": "Envoyer le lien par e-mail",
    "Connecting": "Connexion",
    "Waiting": "En attente",
    "Active": "Actif",
    "Mobile module": "Module mobile",
    "Connection method": "Méthode de connexion",
    "Technician group": "Groupe de techniciens",
    "Link": "Lien",
    "Copy link to clipboard": "Copier le lien dans le Presse-papiers",
    "PIN code": "Code PIN",
    "Create PIN code": "Créer un code PIN",
    "Invited": "Invité",
    "On hold": "Suspendu",
    "Incoming": "Entrant",
    "Outgoing": "Sortant",
    "Reconnecting": "Reconnexion",
    "Rebooting": "Redémarrage",
    "Offline": "Hors ligne",
    "Timed out": "Délai expiré",
    "Expired": "Expiré",
    "Closed by the technician": "Fermé par le technicien",
    "Closed by the customer": "Fermé par le client",
    "Closed by the waiting customer": "Fermé par le client en attente",
    "Aborted": "Interrompu",
}
"""English to French, letter for letter."""


@pytest.fixture(scope="module")
def update_translations() -> ModuleType:
    spec = importlib.util.spec_from_file_location("update", FOLDER / "update_translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
@starts_programs
def catalogue(
    update_translations: ModuleType, tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[str, str, str]]:
    """Context, English and French of every text in the sources, as the catalogue has it now."""
    path = tmp_path_factory.mktemp("translations") / "rescue_console_fr.ts"
    shutil.copy(FOLDER / path.name, path)
    update_translations.update(path)
    return list(_messages(path))


def _messages(path: Path) -> Iterator[tuple[str, str, str]]:
    for context in ElementTree.parse(path).iter("context"):
        for message in context.iter("message"):
            for french in [*message.iter("numerusform")] or [*message.iter("translation")]:
                yield (
                    context.findtext("name", ""),
                    message.findtext("source", ""),
                    french.text or "",
                )


@pytest.fixture(autouse=True)
def _english_afterwards(qapp: QApplication) -> Iterator[None]:
    yield
    translation.install(qapp, LanguageChoice("en"))


def test_no_text_in_the_sources_lacks_its_french(catalogue: list[tuple[str, str, str]]) -> None:
    assert len(catalogue) > 250
    assert [entry for entry in catalogue if not entry[2].strip()] == []


def test_placeholders_are_the_same_in_both(catalogue: list[tuple[str, str, str]]) -> None:
    for _, english, french in catalogue:
        assert sorted(PLACEHOLDER.findall(english)) == sorted(PLACEHOLDER.findall(french)), english


def test_a_mnemonic_stays_a_mnemonic(catalogue: list[tuple[str, str, str]]) -> None:
    for _, english, french in catalogue:
        assert english.replace("&&", "").count("&") == french.replace("&&", "").count("&"), english


def test_french_is_typeset_as_french(catalogue: list[tuple[str, str, str]]) -> None:
    for _, _, french in catalogue:
        assert "'" not in french, french
        assert '"' not in french, french
        assert not re.search(r"[^\u00a0\u202f][;!?»]", french), french
        assert not re.search(r"«[^\u00a0\u202f]", french), french
        assert not re.search(r"[^\u00a0\u202f\d]:(?!//)", french), french


@pytest.mark.parametrize(("english", "french"), FIXED_LABELS.items())
def test_a_fixed_label_is_exact(
    catalogue: list[tuple[str, str, str]], english: str, french: str
) -> None:
    found = {
        translated.replace("&", "")
        for _, source, translated in catalogue
        if source.replace("&", "") == english
    }
    assert found == {french}


def test_the_toolbar_has_its_fixed_labels(catalogue: list[tuple[str, str, str]]) -> None:
    actions = {
        english.replace("&", ""): french.replace("&", "")
        for context, english, french in catalogue
        if context == "MainWindow"
    }
    assert actions["New session"] == "Nouvelle session"
    assert actions["Start"] == "Démarrer"
    assert actions["Hold"] == "Suspendre"
    assert actions["Close"] == "Fermer"


def test_the_language_changes_at_once_in_qts_own_texts_too(
    qapp: QApplication, settings: Settings, qtbot: QtBot
) -> None:
    heard: list[str] = []

    class Listener(QWidget):
        def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
            if event.type() == QEvent.Type.LanguageChange:
                heard.append(QCoreApplication.translate("CreateSession", "Create session"))

    listener = Listener()
    qtbot.addWidget(listener)
    settings.language = LanguageChoice("en")
    translation.follow(qapp, settings)
    settings.language = LanguageChoice("fr")
    qtbot.waitUntil(lambda: bool(heard) and heard[-1] == "Créer une session")
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(buttons)
    assert buttons.buttons()[0].text().replace("&", "") == "Annuler"
    assert QLocale().language() is QLocale.Language.French
    settings.language = LanguageChoice("en")
    qtbot.waitUntil(lambda: heard[-1] == "Create session")


@pytest.mark.parametrize(
    ("tags", "language"),
    [
        (["fr-CA", "en-US"], Language("fr")),
        (["de-DE", "fr-FR"], Language("fr")),
        (["de-DE"], Language("en")),
        (["en_GB"], Language("en")),
        ([], Language("en")),
    ],
)
def test_the_first_of_the_systems_languages_that_exists_here_is_used(
    tags: list[str], language: Language
) -> None:
    assert translation.resolve(AS_SYSTEM, tags) == language


def test_a_choice_outweighs_the_system() -> None:
    assert translation.resolve(LanguageChoice("fr"), ["en-US"]) == Language("fr")


@pytest.mark.usefixtures("french")
def test_a_language_calls_itself_by_its_own_name() -> None:
    assert [translation.language_name(each) for each in translation.spoken()] == [
        "English",
        "Français",
    ]


def test_a_chosen_language_that_no_longer_exists_becomes_english() -> None:
    assert translation.resolve(LanguageChoice("de"), ["fr-FR"]) == Language("en")
