"""Where the technician helps in a session, if that is not at this console."""

from PySide6.QtCore import QCoreApplication

from rescue_console.protocol.answers import Seat
from rescue_console.protocol.foreign_text import line
from rescue_console.system.computer_name import computer_name

translate = QCoreApplication.translate

_COMPUTER_MAX = 64


def elsewhere_text(seat: Seat) -> str:
    """Return at which other console the technician helps."""
    computer = line(seat.computer, _COMPUTER_MAX)
    if not computer:
        return translate("Seat", "You are helping in this session at another computer.")
    if computer == line(computer_name(), _COMPUTER_MAX):
        return translate(
            "Seat", "You are helping in this session in another window on this computer."
        )
    return translate("Seat", "You are helping in this session at the computer {0}.").format(
        computer
    )
