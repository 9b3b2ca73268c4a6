"""The windows on the invented customer's screen, shown until the program is terminated.

``python -m tests.stage.customers.shop_computer LANGUAGE FILE`` shows a wallpaper and a program with
orders that cannot be printed until somebody types the printer's name. The name is written to the
file.
"""

import signal
import sys
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMainWindow,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from rescue_console.protocol.choices import Language
from tests.stage.customers.shop_words import SHOP_WORDS, ShopWords

SIZE = (510, 430)
PLACE = (496, 300)
POINTS = 11
AMOUNT = 3
GOOD, BAD = "#1f7a3d", "#a32a2a"


class Wallpaper(QWidget):
    """Hills in the evening, behind everything."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_X11NetWmWindowTypeDesktop)
        self.setGeometry(QApplication.primaryScreen().geometry())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint sky and hills."""
        width, height = self.width(), self.height()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sky = QLinearGradient(0, 0, 0, height)
        for place, colour in ((0.0, "#2f5d7c"), (0.6, "#7fa8b8"), (1.0, "#e8cfae")):
            sky.setColorAt(place, QColor(colour))
        painter.fillRect(self.rect(), QBrush(sky))
        for top, rise, colour in ((0.62, 0.16, "#4d7f83"), (0.74, -0.12, "#38686c")):
            hill = QPainterPath()
            hill.moveTo(0, height * top)
            hill.cubicTo(
                width * 0.3,
                height * (top - rise),
                width * 0.65,
                height * (top + rise),
                width,
                height * (top - rise / 2),
            )
            hill.lineTo(width, height)
            hill.lineTo(0, height)
            painter.fillPath(hill, QColor(colour))
        painter.fillRect(QRectF(0, height - 34, width, 34), QColor(20, 34, 42, 190))


class Orders(QMainWindow):
    """The program with the orders.

    Signals:
        printer_typed: Somebody has typed this name for the printer.
    """

    printer_typed = Signal(str)

    def __init__(self, words: ShopWords) -> None:
        super().__init__()
        self._words = words
        self.setWindowTitle(words.title)
        for menu in words.menus:
            self.menuBar().addMenu(menu)
        self._state = QLabel()
        self._printer = QLineEdit()
        self._printer.returnPressed.connect(self._on_typed)
        line = QHBoxLayout()
        line.addWidget(QLabel(words.printer))
        line.addWidget(self._printer, 1)
        line.addWidget(self._state, 2)
        page = QWidget()
        box = QVBoxLayout(page)
        box.addLayout(line)
        box.addWidget(self._table())
        self.setCentralWidget(page)
        self._say(words.silent, BAD)

    def _table(self) -> QTableWidget:
        table = QTableWidget(len(self._words.orders), len(self._words.columns))
        table.setHorizontalHeaderLabels(self._words.columns)
        table.verticalHeader().hide()
        table.setAlternatingRowColors(True)
        for row, order in enumerate(self._words.orders):
            for column, text in enumerate(order):
                item = QTableWidgetItem(text)
                if column == AMOUNT:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                table.setItem(row, column, item)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        return table

    def _on_typed(self) -> None:
        name = self._printer.text()
        self._say(self._words.printing.format(name), GOOD)
        self.printer_typed.emit(name)

    def _say(self, text: str, colour: str) -> None:
        self._state.setText(text)
        palette = self._state.palette()
        palette.setColor(self._state.foregroundRole(), QColor(colour))
        self._state.setPalette(palette)


def main(language: Language, file: Path) -> int:
    """Show both windows."""
    # Qt's loop never lets Python handle signals.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    application = QApplication([])
    application.setStyle("Fusion")
    application.setCursorFlashTime(0)
    font = application.font()
    font.setPointSize(POINTS)
    application.setFont(font)
    wallpaper = Wallpaper()
    orders = Orders(SHOP_WORDS[language])
    orders.printer_typed.connect(lambda name: file.write_text(name, "utf-8"))
    orders.setGeometry(*PLACE, *SIZE)
    wallpaper.show()
    orders.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(Language(sys.argv[1]), Path(sys.argv[2])))
