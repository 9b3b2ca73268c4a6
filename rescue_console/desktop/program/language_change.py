"""The one place where the windows' parts hear that the language has changed."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget


class _LanguageChange(QObject):
    """Hears of the change as a child of the widget, to which Qt passes it on.

    Other events of the widget cost nothing here, as they would in an event filter.
    """

    happened = Signal()

    def event(self, event: QEvent) -> bool:
        """Tell of a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.happened.emit()
        return super().event(event)


def on_language_change(widget: QWidget, retranslate: Callable[[], object]) -> None:
    """Call *retranslate* whenever the language of *widget* has changed."""
    _LanguageChange(widget).happened.connect(retranslate)
