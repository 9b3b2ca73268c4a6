"""The theme: the setting decides, and a change shows at once."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from rescue_console.desktop.look.message_label import MessageLabel
from rescue_console.desktop.look.palettes import Tone, contrast, is_dark, tone_color
from rescue_console.desktop.program.settings import Settings, ThemeChoice
from rescue_console.desktop.program.theme import Theme


@pytest.fixture
def theme(qapp: QApplication, settings: Settings) -> Iterator[Theme]:
    theme = Theme(qapp, settings)
    yield theme
    settings.theme = ThemeChoice.SYSTEM
    theme.setParent(None)
    theme.deleteLater()


def test_dark_and_light_show_at_once(theme: Theme, settings: Settings, qapp: QApplication) -> None:
    settings.theme = ThemeChoice.DARK
    assert theme.dark
    assert is_dark(qapp.palette())
    settings.theme = ThemeChoice.LIGHT
    assert not theme.dark
    assert not is_dark(qapp.palette())


def test_the_system_decides_when_nothing_was_chosen(theme: Theme, qapp: QApplication) -> None:
    system_is_dark = qapp.styleHints().colorScheme() is Qt.ColorScheme.Dark
    assert theme.dark is system_is_dark


def test_the_style_is_fusion(theme: Theme, qapp: QApplication) -> None:
    assert qapp.style().objectName().lower() == "fusion"


def test_a_message_changes_its_colour_with_the_theme(
    theme: Theme, settings: Settings, qapp: QApplication, qtbot: QtBot
) -> None:
    label = MessageLabel()
    qtbot.addWidget(label)
    settings.theme = ThemeChoice.LIGHT
    label.say("No.", Tone.ERROR)
    settings.theme = ThemeChoice.DARK
    wanted = tone_color(qapp.palette(), Tone.ERROR)
    qtbot.waitUntil(lambda: label.palette().color(QPalette.ColorRole.WindowText) == wanted)


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_quiet_text_is_readable_on_the_pane_of_tabs(
    theme: Theme, settings: Settings, qapp: QApplication, qtbot: QtBot, choice: ThemeChoice
) -> None:
    settings.theme = choice
    tabs = QTabWidget()
    qtbot.addWidget(tabs)
    tabs.addTab(QWidget(), "Tab")
    tabs.resize(300, 200)
    pane = tabs.grab().toImage().pixelColor(150, 120)
    for tone in Tone:
        assert contrast(tone_color(qapp.palette(), tone), pane) >= 4.5, tone
