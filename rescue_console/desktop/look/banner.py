"""A line across the window that says what is wrong, without getting in the way."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QStyle, QWidget

from rescue_console.desktop.look.icons import icon
from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.look.ui_banner import Ui_Banner


class Banner(QFrame):
    """A message with one button, hidden while there is nothing to say.

    Signals:
        pressed: The button was pressed.
    """

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_Banner()
        self.ui.setupUi(self)
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self.ui.button.clicked.connect(self.pressed)
        self.hide()

    @property
    def text(self) -> str:
        """The message that is shown now."""
        return self.ui.message.text()

    def say(self, text: str, button_text: str, tone: Tone = Tone.WARNING) -> None:
        """Show *text*; an empty one hides the banner."""
        self.setVisible(bool(text))
        self.ui.button.setText(button_text)
        self.ui.button.setAccessibleName(button_text.replace("&", ""))
        self.ui.message.say(text, tone)
        self._draw_icon()

    def _draw_icon(self) -> None:
        size = self.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
        self.ui.iconLabel.setPixmap(icon("warning").pixmap(size, size))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the icon in the new colours after a change of theme."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "ui"):
            self._draw_icon()
        super().changeEvent(event)
