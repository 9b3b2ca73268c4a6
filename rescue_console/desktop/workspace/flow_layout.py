"""A layout that sets its widgets side by side and goes on in the next line when one is full."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Lines of widgets at their preferred sizes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 (Qt's name)
        """Put an item at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    # Qt asks beyond the end and takes None for an answer, which its stub does not say.
    def itemAt(self, index: int) -> QLayoutItem:  # noqa: N802 (Qt's name)
        """Return an item."""
        return self._items[index] if index < len(self._items) else None  # type: ignore[return-value]

    def takeAt(self, index: int) -> QLayoutItem:  # noqa: N802 (Qt's name)
        """Take an item out."""
        return self._items.pop(index) if index < len(self._items) else None  # type: ignore[return-value]

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 (Qt's name)
        """Ask for no more room than needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 (Qt's name)
        """Say that a narrow place makes it higher."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 (Qt's name)
        """Return the height of all lines at *width*, in pixels."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 (Qt's name)
        """Put every widget in its place."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Return the least size: the line is as wide as the place allows."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802 (Qt's name)
        """Return the size of the largest item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        gap = max(self.spacing(), 0)
        place = rect.topLeft()
        line_height = 0
        for item in self._items:
            size = item.sizeHint()
            if place.x() + size.width() > rect.right() + 1 and line_height:
                place = QPoint(rect.left(), place.y() + line_height + gap)
                line_height = 0
            if move:
                item.setGeometry(QRect(place, size))
            place.setX(place.x() + size.width() + gap)
            line_height = max(line_height, size.height())
        return place.y() + line_height - rect.top()
