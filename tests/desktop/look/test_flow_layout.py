"""Widgets side by side that continue on the next line."""

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from rescue_console.desktop.look.flow_layout import FlowLayout

SIZES = [(100, 20), (50, 10), (80, 20)]
GAP = 10


class Home:
    """Three labels of fixed sizes in a row turned into a flow layout, above another label."""

    def __init__(self, qtbot: QtBot) -> None:
        self.widget = QWidget()
        qtbot.addWidget(self.widget)
        column = QVBoxLayout(self.widget)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        self.labels = [QLabel() for _ in SIZES]
        for label, (width, height) in zip(self.labels, SIZES, strict=True):
            label.setFixedSize(width, height)
            row.addWidget(label)
        row.addStretch()
        column.addLayout(row)
        column.addWidget(QLabel("below"))
        self.flow = FlowLayout.instead_of(row, column)
        self.flow.setSpacing(GAP)
        self.widget.show()

    def places(self, width: int) -> list[tuple[int, int]]:
        """Return where the visible labels are at that width."""
        self.widget.resize(width, 200)
        self.flow.activate()
        shown = [label for label in self.labels if not label.isHidden()]
        return [(label.x(), label.y()) for label in shown]


@pytest.fixture
def home(qtbot: QtBot) -> Home:
    return Home(qtbot)


@pytest.mark.parametrize(
    ("width", "places"),
    [
        (250, [(0, 0), (110, 5), (170, 0)]),
        (249, [(0, 0), (110, 5), (0, 30)]),
        (100, [(0, 0), (0, 30), (0, 50)]),
    ],
)
def test_a_line_holds_what_fits_and_centres_its_widgets_vertically(
    home: Home, width: int, places: list[tuple[int, int]]
) -> None:
    assert home.places(width) == places


def test_what_is_hidden_takes_no_room(home: Home) -> None:
    home.labels[0].hide()
    assert home.places(140) == [(0, 5), (60, 0)]


def test_it_is_no_wider_than_its_widest_widget(home: Home) -> None:
    assert home.flow.minimumSize().width() == 100


def test_with_nothing_to_show_it_has_no_height(home: Home) -> None:
    for label in home.labels:
        label.hide()
    assert home.flow.heightForWidth(100) == 0
