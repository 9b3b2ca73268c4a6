"""Finds words in a chat: marks all places and goes from one to the next."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QPalette, QTextCursor
from PySide6.QtWidgets import QTextEdit

from rescue_console.desktop.workspace.chat.view import ChatView

MARKED_MAX = 500
"""The most places that are marked, so that finding one letter in a long chat stays quick."""


class ChatSearch(QObject):
    """Searches one text view.

    Attributes:
        places: Where the words were found.
        current: Which of the places is shown, from 0.
    """

    def __init__(self, view: ChatView) -> None:
        super().__init__(view)
        self._view = view
        self.places: list[QTextCursor] = []
        self.current = -1
        self._words = ""
        view.redrawn.connect(self._find_again)

    def find(self, words: str) -> None:
        """Mark all places with *words*, in upper or lower case, and show the last of them."""
        self._words = words
        self._view.unfold_with(words)
        self._find()
        self.current = len(self.places) - 1
        self._show()

    def _find_again(self) -> None:
        """Mark the places anew, after the view has drawn everything again."""
        if self._words:
            from_end = len(self.places) - self.current
            self._find()
            self.current = max(len(self.places) - from_end, min(len(self.places), 1) - 1)
            self._mark_all()

    def _find(self) -> None:
        self.places = []
        words = self._words
        document = self._view.document()
        found = document.find(words) if words else QTextCursor()
        while not found.isNull() and len(self.places) < MARKED_MAX:
            self.places.append(found)
            found = document.find(words, found)

    def step(self, by: int) -> None:
        """Go *by* places forward, or back if negative; past the end it starts over."""
        if self.places:
            self.current = (self.current + by) % len(self.places)
            self._show()

    def _mark_all(self) -> None:
        self._view.setExtraSelections([self._mark(place) for place in self.places])

    def _show(self) -> None:
        self._mark_all()
        if self.places:
            cursor = QTextCursor(self.places[self.current])
            self._view.setTextCursor(cursor)
            self._view.ensureCursorVisible()

    def _mark(self, place: QTextCursor) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        palette = self._view.palette()
        mark.cursor = place
        form = mark.format
        form.setBackground(palette.color(QPalette.ColorRole.Highlight))
        form.setForeground(palette.color(QPalette.ColorRole.HighlightedText))
        mark.format = form
        return mark
