"""The choices of the status filter as the screen shows them."""

from PySide6.QtCore import QCoreApplication

from rescue_console.desktop.session_list.filter import Shown
from rescue_console.desktop.words.status import status_text

translate = QCoreApplication.translate


def shown_text(shown: Shown) -> str:
    """Return what a choice of the filter is called."""
    match shown:
        case Shown.OPEN:
            return translate("SessionList", "Open sessions")
        case Shown.ALL:
            return translate("SessionList", "All sessions")
        case Shown.TRANSFERRING:
            return translate("SessionList", "Incoming and outgoing")
        case Shown.CLOSED:
            return translate("SessionList", "Closed")
        case _:
            (status,) = shown.value
            return status_text(status)
