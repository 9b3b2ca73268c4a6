"""The words for why a connection to the customer's page could not be made."""

from PySide6.QtCore import QCoreApplication

from rescue_console.desktop.media.base import Failure, Hindrance, Step

translate = QCoreApplication.translate


def failure_text(failure: Failure) -> str:
    """Return which step failed and what to do."""
    match failure.step:
        case Step.SIGNALLING:
            return translate(
                "Connection",
                "The customer’s page does not answer. Ask the customer to keep the page open, or "
                "to load it again.",
            )
        case Step.FINDING:
            return _no_way_text(failure.hindrance)
        case Step.ENCRYPTING:
            return translate(
                "Connection",
                "The two sides could not agree on keys: something on the way may be interfering. "
                "If this stays so, do not go on, and tell IT.",
            )
        case Step.FIRST_FRAME:
            return translate(
                "Connection",
                "Connected, but no picture came. Ask the customer to choose again what to show.",
            )
        case Step.SHOWN:
            return translate(
                "Connection",
                "The connection was lost. If it does not come back, ask the customer to check "
                "their network.",
            )


def _no_way_text(hindrance: Hindrance) -> str:
    match hindrance:
        case Hindrance.NO_ADDRESSES:
            return translate(
                "Connection",
                "The customer’s browser offers no way to reach it: a rule of their company or an "
                "add-on forbids it. Ask them to use another browser or device, or ask IT for a "
                "TURN server over TLS.",
            )
        case Hindrance.NO_RELAY:
            return translate(
                "Connection",
                "No direct way was found between the two networks, and no TURN server is set up. "
                "Ask IT to set one up; until then another network, such as a phone’s, may help.",
            )
        case Hindrance.RELAY_SILENT:
            return translate(
                "Connection",
                "No direct way was found between the two networks, and no TURN server answers. "
                "Ask IT to check that it runs and that no firewall blocks its ports.",
            )
        case Hindrance.RELAY_REFUSED:
            return translate(
                "Connection",
                "No direct way was found between the two networks, and the TURN server refuses "
                "our credentials. Ask IT to compare its secret and clock with the Rescue server’s.",
            )
        case Hindrance.UNKNOWN:
            return translate(
                "Connection",
                "No way was found between the two networks, though the TURN server answers here. "
                "The customer’s network may block it: ask IT for a TURN address over TLS.",
            )
