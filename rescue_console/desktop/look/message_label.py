"""A line that tells the person something, coloured by what it means and read out when it comes."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from rescue_console.desktop.look.palettes import Tone, tone_color


class MessageLabel(QLabel):
    """A label that takes no room while it has nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # What is told may hold words of the other side.
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._tone = Tone.PLAIN
        self.hide()

    @property
    def tone(self) -> Tone:
        """What the present message means."""
        return self._tone

    def say(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        """Show *text*, and have a screen reader announce it when it is new; empty hides."""
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
        """Take the tone's colour; setting it when it is there already would never end."""
        color = tone_color(QGuiApplication.palette(), self._tone)
        if color != self.palette().color(QPalette.ColorRole.WindowText):
            palette = QPalette(self.palette())
            palette.setColor(QPalette.ColorRole.WindowText, color)
            self.setPalette(palette)
