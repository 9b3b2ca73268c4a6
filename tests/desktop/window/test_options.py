"""The Options window: choices take effect at once, and options that IT has fixed say so."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rescue_console.desktop.autostart import Autostart
from rescue_console.desktop.autostart.linux import DesktopEntry
from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.program import translation
from rescue_console.desktop.program.settings import LanguageChoice, Settings, ThemeChoice
from rescue_console.desktop.program.settings_file import SettingsFile
from rescue_console.desktop.sounds import Sounds
from rescue_console.desktop.window.options import OptionsWindow
from tests.stage.technicians.listener import Listener

WAIT_MS = 20_000


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def autostart(tmp_path: Path) -> Autostart:
    return DesktopEntry(["rescue-console"], tmp_path / "autostart")


@pytest.fixture
def window(
    settings: Settings, listener: Listener, autostart: Autostart, qtbot: QtBot
) -> OptionsWindow:
    window = OptionsWindow(settings, sounds=Sounds(settings, player=listener), autostart=autostart)
    qtbot.addWidget(window)
    window.show()
    return window


def test_language_and_theme_apply_at_once(window: OptionsWindow, settings: Settings) -> None:
    window.ui.languageBox.setCurrentIndex(window.ui.languageBox.findText("Français"))
    assert settings.language == LanguageChoice("fr")
    window.ui.themeBox.setCurrentIndex(window.ui.themeBox.findText("Dark"))
    assert settings.theme is ThemeChoice.DARK


def test_a_language_that_no_longer_exists_is_shown_as_its_replacement(
    window: OptionsWindow, settings: Settings
) -> None:
    settings.language = LanguageChoice("de")
    assert window.ui.languageBox.currentText() == "English"


def test_the_languages_are_those_of_the_catalogues(window: OptionsWindow) -> None:
    box = window.ui.languageBox
    names = [box.itemText(index) for index in range(box.count())]
    assert names == ["As the system", "English", "Français"]


def test_sounds_and_notifications_apply_at_once(window: OptionsWindow, settings: Settings) -> None:
    window.ui.soundBox.click()
    window.ui.notificationBox.click()
    assert settings.sound_on is False
    assert settings.notifications_on is False


def test_the_sound_can_be_heard_even_while_sounds_are_off(
    window: OptionsWindow, settings: Settings, listener: Listener
) -> None:
    settings.sound_on = False
    window.ui.testButton.click()
    assert [path.name for path in listener.heard] == ["waiting.wav"]


def test_start_with_the_system_makes_and_removes_the_entry(
    window: OptionsWindow, settings: Settings, autostart: Autostart
) -> None:
    window.ui.autostartBox.click()
    assert autostart.is_on()
    assert settings.start_with_system is True
    window.ui.autostartBox.click()
    assert not autostart.is_on()
    assert settings.start_with_system is False


def test_an_entry_that_the_system_refuses_is_reported_and_shown_as_off(
    window: OptionsWindow, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "autostart").write_text("a file where the folder should be", encoding="utf-8")
    window.ui.autostartBox.click()
    assert not window.ui.autostartBox.isChecked()
    assert settings.start_with_system is False
    assert window.ui.message.tone is Tone.ERROR


def test_an_entry_removed_elsewhere_shows_as_off(
    window: OptionsWindow, autostart: Autostart
) -> None:
    window.ui.autostartBox.click()
    window.hide()
    autostart.turn_off()
    window.show()
    assert not window.ui.autostartBox.isChecked()


def test_a_setting_changed_elsewhere_shows_here(window: OptionsWindow, settings: Settings) -> None:
    settings.sound_on = False
    assert not window.ui.soundBox.isChecked()


def test_what_policy_has_fixed_cannot_be_changed_and_says_so(
    tmp_path: Path, autostart: Autostart, qtbot: QtBot
) -> None:
    locked = Settings(SettingsFile(tmp_path / "locked.json"), {"theme": "dark", "sound_on": False})
    window = OptionsWindow(locked, autostart=autostart)
    qtbot.addWidget(window)
    assert not window.ui.themeBox.isEnabled()
    assert window.ui.themeBox.currentText() == "Dark"
    assert not window.ui.soundBox.isEnabled()
    assert "organization" in window.ui.soundBox.toolTip()
    assert window.ui.languageBox.isEnabled()


def test_a_failure_to_save_is_reported_in_the_window(
    tmp_path: Path, autostart: Autostart, qtbot: QtBot
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    unsaved = Settings(SettingsFile(tmp_path / "other" / "settings.json"))
    (tmp_path / "other").write_text("a file where the folder should be", encoding="utf-8")
    window = OptionsWindow(unsaved, autostart=autostart)
    qtbot.addWidget(window)
    window.show()
    window.ui.soundBox.click()
    assert "cannot be saved" in window.ui.message.text()


def test_an_open_window_changes_its_language(
    window: OptionsWindow, settings: Settings, qapp: QApplication, qtbot: QtBot
) -> None:
    settings.language = LanguageChoice("en")
    translation.follow(qapp, settings)
    try:
        window.ui.languageBox.setCurrentIndex(window.ui.languageBox.findText("Français"))
        qtbot.waitUntil(
            lambda: window.ui.themeBox.itemText(0) == "Comme le système", timeout=WAIT_MS
        )
        assert window.ui.languageBox.currentText() == "Français"
    finally:
        settings.language = LanguageChoice("en")
