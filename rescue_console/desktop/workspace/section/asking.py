"""Whether the customer can be asked for a power now, and if not, why, in words."""

from PySide6.QtCore import QCoreApplication

from rescue_console.desktop.words.permission import missing_permission
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.protocol.answers import Session
from rescue_console.protocol.powers import POWER_PERMISSIONS, Consent, Power
from rescue_console.protocol.statuses import SessionStatus

translate = QCoreApplication.translate


def consent_of(session: Session, power: Power) -> Consent:
    """Return the state of the customer's consent to *power*."""
    return session.consents.get(power, Consent.NONE)


def hindrance_of(session: Session, power: Power) -> str:
    """Return the word for why *power* is not there, or not as asked for; empty if none is known."""
    return session.hindrances.get(power, "")


def why_not_ask(power: Power, situation: Situation, hindrance: str = "") -> str:
    """Return why the customer cannot be asked for *power* now; empty when they can.

    The server decides; this only saves the technician from asking and being refused.

    Args:
        hindrance: Why the customer's device cannot provide the power, as far as known.
    """
    wanted = POWER_PERMISSIONS[power]
    if not wanted & set(situation.me.permissions):
        return missing_permission(*sorted(wanted))
    if not situation.online:
        return translate("Power", "There is no connection to the server at the moment.")
    if situation.session.status is not SessionStatus.ACTIVE:
        return translate("Power", "The customer can be asked only while the session is active.")
    if power.needs_applet and not situation.session.applet:
        return translate(
            "Power", "This needs the applet on the customer's device, which is not connected."
        )
    return hindrance
