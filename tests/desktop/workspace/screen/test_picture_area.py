"""The picture is fitted or in its own pixels, and each place on it is one on the screen."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from rescue_console.desktop.media.base import Picture
from rescue_console.desktop.workspace.screen.picture_area import PictureArea, Zoom

SCREEN = QSize(1600, 1200)


class Scaled(PictureArea):
    """An area on a monitor with *ratio* pixels to a point."""

    def __init__(self, ratio: float) -> None:
        super().__init__()
        self._ratio = ratio

    def devicePixelRatioF(self) -> float:  # noqa: N802 (Qt's name)
        return self._ratio


def shown(area: PictureArea, source: QSize = SCREEN) -> PictureArea:
    image = QImage(source, QImage.Format.Format_RGB32)
    image.fill(QColor("#3060c0"))
    area.show_picture(Picture(image, source))
    return area


def area_of(qtbot: QtBot, ratio: float = 1.0) -> PictureArea:
    area = Scaled(ratio)
    qtbot.addWidget(area)
    area.resize(900, 600)
    return area


def test_a_fitted_picture_is_as_large_as_its_shape_allows_and_centred(qtbot: QtBot) -> None:
    area = shown(area_of(qtbot))
    assert area.place() == QRect(50, 0, 800, 600)


@pytest.mark.parametrize(("ratio", "size"), [(1.0, QSize(1600, 1200)), (1.25, QSize(1280, 960))])
def test_at_100_percent_each_pixel_is_a_pixel_of_the_monitor(
    qtbot: QtBot, ratio: float, size: QSize
) -> None:
    area = shown(area_of(qtbot, ratio))
    area.set_zoom(Zoom.FULL_SIZE)
    assert area.place().size() == size
    assert area.minimumSize() == size
    area.set_zoom(Zoom.FIT)
    assert area.minimumSize() == QSize(0, 0)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("zoom", list(Zoom))
def test_the_corners_are_the_corners_at_any_scaling(qtbot: QtBot, ratio: float, zoom: Zoom) -> None:
    area = shown(area_of(qtbot, ratio))
    area.set_zoom(zoom)
    place = area.place()
    assert area.fraction_at(QPointF(place.topLeft())) == (0.0, 0.0)
    assert area.fraction_at(QPointF(place.bottomRight())) == (1.0, 1.0)
    assert area.fraction_at(QPointF(place.bottomRight() + QPoint(50, 50))) == (1.0, 1.0)


def test_pictures_are_asked_for_in_monitor_pixels_and_never_enlarged(
    qtbot: QtBot,
) -> None:
    area = area_of(qtbot, 1.5)
    area.show()
    asked: list[QSize | None] = []
    area.target_changed.connect(asked.append)
    shown(area)
    area.set_zoom(Zoom.FULL_SIZE)
    area.set_zoom(Zoom.FIT)
    area.resize(900, 600)
    shown(area, QSize(640, 480))
    assert asked == [QSize(1200, 900), None, QSize(1200, 900), None]


def test_without_a_picture_no_position_has_a_place(qtbot: QtBot) -> None:
    area = area_of(qtbot)
    assert area.fraction_at(QPointF(10, 10)) is None


def test_an_old_picture_is_dimmed(qtbot: QtBot) -> None:
    area = shown(area_of(qtbot))
    bright = area.grab().toImage().pixelColor(450, 300)
    area.set_dimmed(True)
    dimmed = area.grab().toImage().pixelColor(450, 300)
    assert bright == QColor("#3060c0")
    assert dimmed.lightness() < bright.lightness() * 0.6


def test_a_new_size_of_the_customers_screen_is_reported(qtbot: QtBot) -> None:
    area = area_of(qtbot)
    told: list[QSize] = []
    area.source_changed.connect(told.append)
    for size in (SCREEN, SCREEN, QSize(800, 600)):
        shown(area, size)
    assert told == [SCREEN, QSize(800, 600)]


def test_the_picture_can_have_the_keyboard_focus(qtbot: QtBot) -> None:
    assert area_of(qtbot).focusPolicy() is Qt.FocusPolicy.StrongFocus
