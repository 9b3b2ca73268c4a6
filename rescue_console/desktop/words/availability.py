"""A technician's availability, in the language of the screens."""

from PySide6.QtCore import QCoreApplication

from rescue_console.protocol.choices import Availability

translate = QCoreApplication.translate


def availability_text(availability: Availability) -> str:
    """Return the name of *availability*."""
    match availability:
        case Availability.ONLINE:
            return translate("Availability", "Online")
        case Availability.AWAY:
            return translate("Availability", "Away")
        case Availability.BUSY:
            return translate("Availability", "Busy")


def why_not_transfer_to(availability: Availability) -> str:
    """Return why no session can be transferred to a colleague now; empty when one can."""
    match availability:
        case Availability.ONLINE:
            return ""
        case Availability.AWAY:
            return translate(
                "Availability", "Away: they chose so, or no console of theirs is open."
            )
        case Availability.BUSY:
            return translate(
                "Availability", "Busy: they have as many active sessions as their group allows."
            )
