"""The palettes: all text has a contrast of at least 4.5:1 (WCAG 2.2, 1.4.3)."""

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from rescue_console.desktop.look.palettes import Tone, build_palette, contrast, is_dark, tone_color

Role = QPalette.ColorRole
READ = [
    (Role.WindowText, Role.Window),
    (Role.Text, Role.Base),
    (Role.Text, Role.AlternateBase),
    (Role.ButtonText, Role.Button),
    (Role.HighlightedText, Role.Highlight),
    (Role.ToolTipText, Role.ToolTipBase),
    (Role.PlaceholderText, Role.Base),
    (Role.Link, Role.Window),
    (Role.Link, Role.Base),
    (Role.LinkVisited, Role.Base),
]


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("white"), QColor("white")) == pytest.approx(1)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("text", "background"), READ)
def test_text_is_readable_on_its_background(
    qapp: QApplication, dark: bool, text: Role, background: Role
) -> None:
    palette = build_palette(dark=dark)
    assert contrast(palette.color(text), palette.color(background)) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("tone", Tone)
@pytest.mark.parametrize("background", [Role.Window, Role.Base, Role.AlternateBase])
def test_every_tone_is_readable(
    qapp: QApplication, dark: bool, tone: Tone, background: Role
) -> None:
    palette = build_palette(dark=dark)
    assert contrast(tone_color(palette, tone), palette.color(background)) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
def test_disabled_text_is_fainter_but_there(qapp: QApplication, dark: bool) -> None:
    palette = build_palette(dark=dark)
    background = palette.color(Role.Button)
    faint = contrast(palette.color(QPalette.ColorGroup.Disabled, Role.ButtonText), background)
    assert 2 <= faint < contrast(palette.color(Role.ButtonText), background)


def test_a_palette_knows_whether_it_is_dark(qapp: QApplication) -> None:
    assert is_dark(build_palette(dark=True))
    assert not is_dark(build_palette(dark=False))
