"""Where a message is written: Enter sends it, Shift+Enter begins a new line."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

LINES = 3
"""How many lines are visible."""


class ChatInput(QPlainTextEdit):
    """A small text field.

    Signals:
        sent: Enter was pressed.
    """

    sent = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        margins = self.contentsMargins()
        around = margins.top() + margins.bottom() + 2 * round(self.document().documentMargin())
        self.setFixedHeight(self.fontMetrics().lineSpacing() * LINES + around)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Send on Enter; an Enter that belongs to an input method never arrives here."""
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not shifted:
            self.sent.emit()
            return
        super().keyPressEvent(event)
