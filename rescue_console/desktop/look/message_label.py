"""A line of text, coloured by its tone and announced by screen readers when it appears."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from rescue_console.desktop.look.palettes import Tone, tone_color


class MessageLabel(QLabel):
    """A label that takes no room while it has nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # The text may contain what the other side wrote.
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._tone = Tone.PLAIN
        self.hide()

    @property
    def tone(self) -> Tone:
        """The tone of the current message."""
        return self._tone

    def say(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        """Show *text*, announced by screen readers when it is new; an empty one hides the label."""
        new = text != self.text()
        if not new and tone is self._tone:
            return
        self._tone = tone
        self._color()
        self.setText(text)
        self.setVisible(bool(text))
        if new and text and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Follow a change of theme."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.ApplicationPaletteChange):
            self._color()
        super().changeEvent(event)

    def _color(self) -> None:
        """Use the tone's colour; set it only if it differs, as that changes the palette."""
        color = tone_color(QGuiApplication.palette(), self._tone)
        if color != self.palette().color(QPalette.ColorRole.WindowText):
            palette = QPalette(self.palette())
            palette.setColor(QPalette.ColorRole.WindowText, color)
            self.setPalette(palette)
