"""A layout that puts its widgets side by side and continues on the next line when one is full."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QLayout, QLayoutItem, QStyle, QWidget


class FlowLayout(QLayout):
    """Lines of widgets at their preferred sizes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    @classmethod
    def instead_of(cls, row: QBoxLayout, home: QBoxLayout) -> "FlowLayout":
        """Replace *row* in *home* by a new flow layout with the same widgets."""
        place = home.indexOf(row)
        holder = QWidget(home.parentWidget())
        flow = cls(holder)
        flow.setSpacing(holder.style().pixelMetric(QStyle.PixelMetric.PM_LayoutHorizontalSpacing))
        while (item := row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                flow.addWidget(widget)
        home.removeItem(row)
        row.deleteLater()
        home.insertWidget(place, holder)
        return flow

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 (Qt's name)
        """Add an item at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    # Qt asks beyond the end and accepts None there, which its stub does not say.
    def itemAt(self, index: int) -> QLayoutItem:  # noqa: N802 (Qt's name)
        """Return an item."""
        return self._items[index] if index < len(self._items) else None  # type: ignore[return-value]

    def takeAt(self, index: int) -> QLayoutItem:  # noqa: N802 (Qt's name)
        """Remove an item and return it."""
        return self._items.pop(index) if index < len(self._items) else None  # type: ignore[return-value]

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 (Qt's name)
        """Ask for no more room than needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 (Qt's name)
        """Say that the height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 (Qt's name)
        """Return the height of all lines at *width*, in pixels."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 (Qt's name)
        """Put every widget in its place."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Return the minimum size; lines use the width that there is."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802 (Qt's name)
        """Return the size of the largest item."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        gap = max(self.spacing(), 0)
        place = rect.topLeft()
        for line in self._lines(rect.width(), gap):
            height = max(item.sizeHint().height() for item in line)
            place.setX(rect.left())
            for item in line:
                size = item.sizeHint()
                if move:
                    lower = (height - size.height()) // 2
                    item.setGeometry(QRect(place + QPoint(0, lower), size))
                place.setX(place.x() + size.width() + gap)
            place.setY(place.y() + height + gap)
        return max(place.y() - gap - rect.top(), 0)

    def _lines(self, width: int, gap: int) -> list[list[QLayoutItem]]:
        """Return the items of each line that is *width* pixels wide."""
        lines: list[list[QLayoutItem]] = []
        free = -1
        for item in self._shown():
            needed = item.sizeHint().width()
            if needed > free:
                lines.append([])
                free = width
            lines[-1].append(item)
            free -= needed + gap
        return lines
