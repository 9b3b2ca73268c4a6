"""Tells the parts of the windows that the language has changed."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget


class _LanguageChange(QObject):
    """Learns of the change as a child of the widget, since Qt passes it on to children.

    The widget's other events cost nothing here, unlike in an event filter.
    """

    happened = Signal()

    def event(self, event: QEvent) -> bool:
        """Emit ``happened`` when the language has changed."""
        if event.type() == QEvent.Type.LanguageChange:
            self.happened.emit()
        return super().event(event)


def on_language_change(widget: QWidget, retranslate: Callable[[], object]) -> None:
    """Call *retranslate* whenever the language of *widget* has changed."""
    _LanguageChange(widget).happened.connect(retranslate)
