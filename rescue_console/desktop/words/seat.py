"""Where the technician helps in a session, if that is not at this console."""

from PySide6.QtCore import QCoreApplication

from rescue_console.protocol.foreign_text import line
from rescue_console.protocol.limits import COMPUTER_MAX
from rescue_console.system.computer_name import computer_name

translate = QCoreApplication.translate


def elsewhere_text(computer: str) -> str:
    """Return at which other console the technician helps, by its computer's name, if known."""
    computer = line(computer, COMPUTER_MAX)
    if not computer:
        return translate("Seat", "You are helping in this session at another computer.")
    if computer == line(computer_name(), COMPUTER_MAX):
        return translate(
            "Seat", "You are helping in this session in another window on this computer."
        )
    return translate("Seat", "You are helping in this session at the computer {0}.").format(
        computer
    )
