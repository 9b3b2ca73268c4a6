"""Whether the customer can be asked for a power now, and if not, why, in words."""

from PySide6.QtCore import QCoreApplication

from rescue_console.desktop.words.permission import missing_permission
from rescue_console.desktop.words.plain_way import applet_unreachable_text
from rescue_console.desktop.words.platform import platform_name
from rescue_console.desktop.words.power import consent_text
from rescue_console.desktop.words.seat import elsewhere_text
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.protocol.answers import Session
from rescue_console.protocol.choices import may_run_one_of
from rescue_console.protocol.powers import POWER_PERMISSIONS, Consent, Power
from rescue_console.protocol.statuses import SessionStatus

translate = QCoreApplication.translate


def consent_of(session: Session, power: Power) -> Consent:
    """Return the state of the customer's consent to *power*."""
    return session.consents.get(power, Consent.NONE)


def hindrance_of(session: Session, power: Power) -> str:
    """Return the word for why *power* is not there, or not as asked for; empty if none is known."""
    return session.hindrances.get(power, "")


def must_start_applet(power: Power, session: Session) -> bool:
    """Tell whether *power* needs the applet, which the customer must start first."""
    return power.needs_applet and not session.applet


def state_text(power: Power, session: Session) -> str:
    """Return how the consent to *power* stands, in a few words."""
    consent = consent_of(session, power)
    if consent is Consent.ASKED and must_start_applet(power, session):
        return translate("Power", "asked to start the applet…")
    return consent_text(consent, hindrance_of(session, power))


def ask_text(power: Power, session: Session, usual: str) -> str:
    """Return what a button says that asks for *power*; *usual* when the applet is there."""
    if must_start_applet(power, session):
        return translate("Power", "Ask the customer to start the applet")
    return usual


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
    if (seat := situation.elsewhere) is not None:
        return elsewhere_text(seat.computer)
    if situation.session.status is not SessionStatus.ACTIVE:
        return translate("Power", "The customer can be asked only while the session is active.")
    if power.needs_applet and situation.plain:
        return applet_unreachable_text()
    if must_start_applet(power, situation.session):
        return _why_no_applet(situation)
    return hindrance


def _why_no_applet(situation: Situation) -> str:
    """Return why the customer cannot even be asked to start the applet; empty when they can."""
    offered, platform = situation.me.server.applets, situation.session.detected_platform
    if may_run_one_of(offered or [], platform):
        return ""
    text = translate(
        "Power", "This needs the applet on the customer's device, which is not connected."
    )
    if offered is None:
        return text
    if platform is None or not offered:
        reason = translate("Power", "Your server has no applet to offer: ask your IT department.")
    else:
        reason = translate(
            "Power", "Your server has no applet for {0}: ask your IT department."
        ).format(platform_name(platform))
    return f"{text} {reason}"
