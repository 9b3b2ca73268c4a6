"""Paints the customer's screen, fitted or pixel by pixel, and knows where on it the pointer is."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QWidget

from rescue_console.desktop.media.base import Picture


class Zoom(Enum):
    """How large the picture is."""

    FIT = auto()
    FULL_SIZE = auto()


class PictureArea(QWidget):
    """Shows the newest ``Picture``.

    Signals:
        target_changed: Pictures should have this ``QSize`` in device pixels; ``None`` means their
            own size.
        painted: A picture has been painted for the first time.
        source_changed: The customer's screen now has this ``QSize``, in its own pixels.
    """

    target_changed = Signal(object)
    painted = Signal()
    source_changed = Signal(QSize)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Every pixel is painted here, so Qt need not clear them first.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._picture: Picture | None = None
        self._is_new = False
        self._dimmed = False
        self._zoom = Zoom.FIT
        self._target: QSize | None = None

    @property
    def picture(self) -> Picture | None:
        """The picture that is shown."""
        return self._picture

    def show_picture(self, picture: Picture | None) -> None:
        """Show *picture* from now on; ``None`` shows nothing."""
        before = self._picture
        self._picture = picture
        self._is_new = picture is not None
        if picture is None or before is None or before.source != picture.source:
            self._resize()
            self.update()
            if picture is not None:
                self.source_changed.emit(picture.source)
        else:
            self.update(self.place())

    def set_dimmed(self, dimmed: bool) -> None:
        """Set whether the picture is dimmed, because it is out of date."""
        if dimmed != self._dimmed:
            self._dimmed = dimmed
            self.update()

    def set_zoom(self, zoom: Zoom) -> None:
        """Change the size of the picture."""
        self._zoom = zoom
        self._resize()
        self.update()

    def place(self) -> QRect:
        """Return where in the widget the picture is; empty when there is none."""
        if self._picture is None:
            return QRect()
        size = self._shown_size(self._picture.source)
        left = max((self.width() - size.width()) // 2, 0)
        top = max((self.height() - size.height()) // 2, 0)
        return QRect(left, top, size.width(), size.height())

    def fraction_at(self, position: QPointF) -> tuple[float, float] | None:
        """Return a place on the customer's screen as fractions of its width and height.

        Args:
            position: A place in this widget; outside the picture, its nearest edge counts.

        Returns:
            Two numbers from 0 to 1, or ``None`` without a picture.
        """
        place = self.place()
        if place.isEmpty():
            return None
        # The last pixel counts as the far edge, so that corners can be reached.
        x = (position.x() - place.left()) / max(place.width() - 1, 1)
        y = (position.y() - place.top()) / max(place.height() - 1, 1)
        return min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint the picture and what is around it."""
        painter = QPainter(self)
        background = self.palette().color(QPalette.ColorRole.Dark)
        place = self.place()
        if not place.contains(event.rect()):
            painter.fillRect(event.rect(), background)
        if self._picture is None:
            return
        if self._dimmed:
            painter.fillRect(place, Qt.GlobalColor.black)
            painter.setOpacity(0.45)
        painter.drawImage(place, self._picture.image)
        if self._is_new:
            self._is_new = False
            self.painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Ask for pictures in the new size."""
        super().resizeEvent(event)
        self._ask_for_size()

    def _resize(self) -> None:
        if self._zoom is Zoom.FULL_SIZE and self._picture is not None:
            self.setMinimumSize(self._in_points(self._picture.source))
        else:
            self.setMinimumSize(0, 0)
        self._ask_for_size()

    def _ask_for_size(self) -> None:
        """Ask for pictures that are already small enough; enlarging them is left to Qt."""
        target: QSize | None = None
        if self._zoom is Zoom.FIT and self._picture is not None:
            source = self._picture.source
            shown = self._shown_size(source) * self.devicePixelRatioF()
            if shown.width() < source.width() or shown.height() < source.height():
                target = shown.expandedTo(QSize(1, 1))
        if target != self._target:
            self._target = target
            self.target_changed.emit(target)

    def _shown_size(self, source: QSize) -> QSize:
        own = self._in_points(source)
        if self._zoom is Zoom.FULL_SIZE:
            return own
        return own.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)

    def _in_points(self, pixels: QSize) -> QSize:
        return pixels / self.devicePixelRatioF()
