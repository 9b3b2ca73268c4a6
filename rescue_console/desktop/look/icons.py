"""The program's own icons: one SVG set, drawn in the palette's colours at the moment of painting.

Because nothing is drawn beforehand, a change of theme needs no new icons. The application icon
alone has colours of its own.
"""

from enum import StrEnum

from PySide6.QtCore import QByteArray, QFile, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
    QPixmapCache,
)
from PySide6.QtSvg import QSvgRenderer

from rescue_console.desktop import resources_rc  # noqa: F401 (holds the files below ":/")


class IconName(StrEnum):
    """Every icon there is; the value is the name of its file."""

    APP = "app"
    CHAT = "chat"
    CLIPBOARD = "clipboard"
    CLOSE = "close"
    CONTROL = "control"
    COPY = "copy"
    DETACH = "detach"
    DONE = "done"
    FILE = "file"
    FILES = "files"
    FOLDER = "folder"
    GROUP = "group"
    HELP = "help"
    HOLD = "hold"
    LINK = "link"
    LOG = "log"
    MAIL = "mail"
    NEW_SESSION = "new-session"
    NOTES = "notes"
    OPTIONS = "options"
    PERSON = "person"
    PIN = "pin"
    RESTART = "restart"
    SCREEN = "screen"
    SEARCH = "search"
    START = "start"
    SYSTEM = "system"
    TRANSFER = "transfer"
    WAIT = "wait"
    WARNING = "warning"


def icon(name: str) -> QIcon:
    """Return the icon called *name*.

    Raises:
        ValueError: there is no such icon.
    """
    return QIcon(SvgIconEngine(IconName(name)))


class SvgIconEngine(QIconEngine):
    """Draws one SVG file with ``currentColor`` taken from the application's palette."""

    def __init__(self, name: IconName) -> None:
        super().__init__()
        self._name = name
        self._svg = _read(name)

    def clone(self) -> QIconEngine:
        """Return another engine for the same icon; Qt owns it."""
        return SvgIconEngine(self._name)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon into the largest centred square of *rect*."""
        side = min(rect.width(), rect.height())
        square = QRect(0, 0, side, side)
        square.moveCenter(rect.center())
        # Rendering the SVG each time would take longer than everything else in many windows.
        pixels = round(side * painter.device().devicePixelRatio())
        painter.drawPixmap(square, self.pixmap(QSize(pixels, pixels), mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon at *size* in device pixels, from Qt's cache when it was drawn before."""
        key = f"{self._name}/{size.width()}x{size.height()}/{_color(mode)}"
        pixmap = QPixmap()
        if not QPixmapCache.find(key, pixmap):
            pixmap = QPixmap(size)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            self._draw(painter, size, mode)
            painter.end()
            QPixmapCache.insert(key, pixmap)
        return pixmap

    def _draw(self, painter: QPainter, size: QSize, mode: QIcon.Mode) -> None:
        side = min(size.width(), size.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(0, 0, size.width(), size.height()).center())
        colored = self._svg.replace(b"currentColor", _color(mode).encode())
        QSvgRenderer(QByteArray(colored)).render(painter, square)


def _color(mode: QIcon.Mode) -> str:
    palette = QGuiApplication.palette()
    match mode:
        case QIcon.Mode.Disabled:
            color = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
        case QIcon.Mode.Selected:
            color = palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.HighlightedText)
        case _:
            color = palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.ButtonText)
    return color.name()


def _read(name: IconName) -> bytes:
    file = QFile(f":/icons/{name}.svg")
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise ValueError(f"icon {name} is not in the resources")
    return bytes(file.readAll().data())
