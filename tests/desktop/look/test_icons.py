"""The icons: complete, one style, coloured by the palette when painted."""

import gc
import re
from collections import Counter

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPalette
from PySide6.QtWidgets import QApplication

from rescue_console.desktop.look.icons import IconName, icon
from rescue_console.desktop.look.palettes import build_palette
from tests.stage.checkout import ROOT

SOURCES = ROOT / "resources" / "icons"


def main_color(image: QImage) -> str:
    """Return the most common opaque colour of an image."""
    colors: Counter[str] = Counter()
    for x in range(image.width()):
        for y in range(image.height()):
            color: QColor = image.pixelColor(x, y)
            if color.alpha() == 255:
                colors[color.name()] += 1
    return colors.most_common(1)[0][0]


def painted(name: str, mode: QIcon.Mode = QIcon.Mode.Normal) -> str:
    return main_color(icon(name).pixmap(QSize(48, 48), 1.0, mode).toImage())


def test_every_file_is_an_icon_and_every_icon_a_file() -> None:
    assert {path.stem for path in SOURCES.glob("*.svg")} == set(IconName)


@pytest.mark.parametrize("name", sorted(set(IconName) - {IconName.APP}))
def test_icons_share_one_style(name: str) -> None:
    source = (SOURCES / f"{name}.svg").read_text(encoding="utf-8")
    assert 'viewBox="0 0 24 24"' in source
    assert 'stroke="currentColor" stroke-width="2"' in source
    assert not re.search(r'(fill|stroke)="#', source)


@pytest.mark.parametrize("name", sorted(IconName))
def test_every_icon_draws_something(qapp: QApplication, name: str) -> None:
    assert painted(name)


@pytest.mark.parametrize("dark", [False, True])
def test_an_icon_made_before_a_change_of_theme_is_drawn_in_the_new_colours(
    qapp: QApplication, dark: bool
) -> None:
    made_before = icon("start")
    before = qapp.palette()
    try:
        qapp.setPalette(build_palette(dark=dark))
        palette = qapp.palette()
        image = made_before.pixmap(QSize(48, 48), 1.0).toImage()
        assert main_color(image) == palette.color(QPalette.ColorRole.ButtonText).name()
        faint = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
        assert painted("start", QIcon.Mode.Disabled) == faint.name()
    finally:
        qapp.setPalette(before)


def test_a_copied_icon_outlives_the_first(qapp: QApplication) -> None:
    copy = QIcon(icon("mail"))
    gc.collect()
    assert not copy.pixmap(QSize(32, 32), 1.0).isNull()


def test_an_unknown_name_is_refused(qapp: QApplication) -> None:
    with pytest.raises(ValueError, match="no-such-icon"):
        icon("no-such-icon")
