"""Which of the customer's screens the technician sees: found by its size, or chosen by hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtWidgets import QComboBox

from rescue_console.desktop.workspace.screen.shown_screen import (
    Position,
    Side,
    has_shape,
    positions,
    screens_fitting,
)
from rescue_console.protocol.channel import Screen
from rescue_console.protocol.foreign_text import line

_NAME_MAX = 30


class ScreenChoice(QObject):
    """Fills boxes with the customer's screens and follows what is chosen in them.

    Signals:
        changed: The attributes may have changed.

    Attributes:
        number: Number of the screen that is seen; ``None`` while only the technician can tell.
        screens: The customer's screens, the main one first.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.number: int | None = 0
        self.screens: list[Screen] = []
        self._size = QSize()
        self._chosen: int | None = None
        self._boxes: list[QComboBox] = []

    def add_box(self, box: QComboBox) -> None:
        """Let the screens be shown and chosen in *box*, too."""
        box.activated.connect(self._choose)
        self._boxes.append(box)
        self.retranslate()

    def retranslate(self) -> None:
        """Name the customer's screens in the console's language."""
        for box in self._boxes:
            box.setPlaceholderText(self.tr("Choose which screen you see"))
        self._fill()

    def set_screens(self, screens: list[Screen]) -> None:
        """Set which screens there are; a choice that no longer makes sense is dropped."""
        fitted = self._choice_fits()
        if len(screens) != len(self.screens):
            self._chosen = None
        self.screens = screens
        if fitted and not self._choice_fits():
            self._chosen = None
        self._fill()
        self._find()

    def set_size(self, size: QSize) -> None:
        """Set the size of the customer's picture, in its own pixels."""
        self._size = size
        # The technician's choice counts until the size shows that it is another screen.
        if self._fitting() and not self._choice_fits():
            self._chosen = None
        self._find()

    @property
    def fits_none(self) -> bool:
        """Whether the picture has the shape of none of the screens, so that it is a window."""
        return not self._size.isEmpty() and not self._fitting()

    def _choose(self, number: int) -> None:
        self._chosen = number
        self._find()

    def _find(self) -> None:
        fitting = self._fitting()
        if self._chosen is not None:
            self.number = self._chosen
        elif fitting:
            self.number = fitting[0] if len(fitting) == 1 else None
        else:
            self.number = min(self.number or 0, max(len(self.screens) - 1, 0))
        self._show()
        self.changed.emit()

    def _fitting(self) -> list[int]:
        return screens_fitting(self.screens, self._size.width(), self._size.height())

    def _choice_fits(self) -> bool:
        if self._chosen is None or self._size.isEmpty():
            return False
        return has_shape(self.screens[self._chosen], self._size.width(), self._size.height())

    def _fill(self) -> None:
        names = self._names()
        for box in self._boxes:
            box.clear()
            box.addItems(names)
        self._show()

    def _show(self) -> None:
        for box in self._boxes:
            box.setCurrentIndex(-1 if self.number is None else self.number)

    def _names(self) -> list[str]:
        """Return a name for each screen: its size, its place, and its own name if needed."""
        places = [self._place(position) for position in positions(self.screens)]
        names = []
        for number, (screen, place) in enumerate(zip(self.screens, places, strict=True)):
            name = line(screen.name)[:_NAME_MAX] if places.count(place) > 1 else ""
            main = self.tr("main") if number == 0 and len(self.screens) > 1 else ""
            size = f"{number + 1}: {screen.width} × {screen.height}"
            names.append(", ".join(filter(None, (size, place, name, main))))
        return names

    def _place(self, position: Position) -> str:
        across = {
            Side.FIRST: self.tr("left"),
            Side.MIDDLE: self.tr("middle"),
            Side.LAST: self.tr("right"),
        }
        down = {
            Side.FIRST: self.tr("top"),
            Side.MIDDLE: self.tr("middle"),
            Side.LAST: self.tr("bottom"),
        }
        words: Sequence[str] = [
            across[position.across] if position.across else "",
            down[position.down] if position.down else "",
        ]
        return " ".join(filter(None, words))
