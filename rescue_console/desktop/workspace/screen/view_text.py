"""The words for where seeing the customer's screen stands, and what to do."""

from PySide6.QtCore import QCoreApplication, QLocale

from rescue_console.desktop.media.base import Hindrance, Statistics, Step
from rescue_console.desktop.workspace.screen.viewing import Failure, ViewSituation, ViewState

translate = QCoreApplication.translate


def situation_text(situation: ViewSituation) -> str:
    """Return what there is to say: while connecting, what failed before and the step of now."""
    match situation.state:
        case ViewState.NOT_ASKED:
            return translate(
                "ScreenPane",
                "You do not see the customer’s screen. Ask to see it: they choose on their page "
                "what to show, and can stop at any time.",
            )
        case ViewState.ASKED:
            return translate(
                "ScreenPane", "Waiting for the customer to choose on their page what to show…"
            )
        case ViewState.DENIED:
            return translate(
                "ScreenPane",
                "The customer has declined. Explain in the chat what you want to look at, then "
                "ask again.",
            )
        case ViewState.CONNECTING | ViewState.TRYING_AGAIN:
            return _connecting_text(situation)
        case ViewState.SHOWN:
            return translate("ScreenPane", "The customer’s screen is shown.")
        case ViewState.PAUSED:
            return translate("ScreenPane", "The customer has paused the picture.")
        case ViewState.CHOOSING:
            return translate(
                "ScreenPane",
                "The customer’s page was loaded again. They must choose there what to show.",
            )


def _connecting_text(situation: ViewSituation) -> str:
    if not situation.online:
        return translate(
            "ScreenPane",
            "Your server cannot be reached, and without it no way to the customer is found. Check "
            "this computer’s network; it goes on by itself when the server is back.",
        )
    failed = "" if situation.failure is None else failure_text(situation.failure)
    if situation.state is ViewState.TRYING_AGAIN:
        step = translate("ScreenPane", "Trying again in a moment…")
    else:
        step = _step_text(situation.step)
    return "\n\n".join(filter(None, (failed, step)))


def _step_text(step: Step) -> str:
    match step:
        case Step.SIGNALLING:
            return translate("ScreenPane", "Connecting, step 1 of 4: agreeing through the server…")
        case Step.FINDING:
            return translate("ScreenPane", "Connecting, step 2 of 4: finding a way…")
        case Step.ENCRYPTING:
            return translate("ScreenPane", "Connecting, step 3 of 4: agreeing on keys…")
        case _:
            return translate("ScreenPane", "Connecting, step 4 of 4: waiting for the picture…")


def failure_text(failure: Failure) -> str:
    """Return which step failed and what to do."""
    match failure.step:
        case Step.SIGNALLING:
            return translate(
                "ScreenPane",
                "The customer’s page does not answer. Ask the customer to keep the page open, or "
                "to load it again.",
            )
        case Step.FINDING:
            return _no_way_text(failure.hindrance)
        case Step.ENCRYPTING:
            return translate(
                "ScreenPane",
                "The two sides could not agree on keys: something on the way may be interfering. "
                "If this stays so, do not go on, and tell IT.",
            )
        case Step.FIRST_FRAME:
            return translate(
                "ScreenPane",
                "Connected, but no picture came. Ask the customer to choose again what to show.",
            )
        case Step.SHOWN:
            return translate(
                "ScreenPane",
                "The connection was lost. If it does not come back, ask the customer to check "
                "their network.",
            )


def _no_way_text(hindrance: Hindrance) -> str:
    match hindrance:
        case Hindrance.NO_ADDRESSES:
            return translate(
                "ScreenPane",
                "The customer’s browser offers no way to reach it: a rule of their company or an "
                "add-on forbids it. Ask them to use another browser or device, or ask IT for a "
                "TURN server over TLS.",
            )
        case Hindrance.NO_RELAY:
            return translate(
                "ScreenPane",
                "No direct way was found between the two networks, and no TURN server is set up. "
                "Ask IT to set one up; until then another network, such as a phone’s, may help.",
            )
        case Hindrance.RELAY_SILENT:
            return translate(
                "ScreenPane",
                "No direct way was found between the two networks, and no TURN server answers. "
                "Ask IT to check that it runs and that no firewall blocks its ports.",
            )
        case Hindrance.RELAY_REFUSED:
            return translate(
                "ScreenPane",
                "No direct way was found between the two networks, and the TURN server refuses "
                "our credentials. Ask IT to compare its secret and clock with the Rescue server’s.",
            )
        case Hindrance.UNKNOWN:
            return translate(
                "ScreenPane",
                "No way was found between the two networks, though the TURN server answers here. "
                "The customer’s network may block it: ask IT for a TURN address over TLS.",
            )


def statistics_text(figures: Statistics) -> str:
    """Return the figures, a line each."""
    trip = "–" if figures.round_trip_s is None else f"{figures.round_trip_s * 1000:.0f} ms"
    size = "" if figures.size.isEmpty() else f"{figures.size.width()} × {figures.size.height()}"
    lines = [
        ", ".join(filter(None, (size, figures.codec))) or "–",
        translate("ScreenPane", "Frames per second: {0} received, {1} shown").format(
            _decimal(figures.frames_per_second), _decimal(figures.painted_per_second)
        ),
        translate("ScreenPane", "Bit rate: {0} Mbit/s").format(
            _decimal(figures.bits_per_second / 1e6, 2)
        ),
        translate("ScreenPane", "Packets lost: {0} %").format(_decimal(figures.lost * 100)),
        translate("ScreenPane", "Round trip: {0}").format(trip),
        translate("ScreenPane", "Way: {0}").format(
            f"{_way_text(figures.local_way)} ↔ {_way_text(figures.remote_way)}"
        ),
    ]
    return "\n".join(lines)


def _decimal(number: float, places: int = 1) -> str:
    return QLocale().toString(number, "f", places)


def _way_text(kind: str) -> str:
    match kind:
        case "host":
            return translate("ScreenPane", "direct")
        case "srflx" | "prflx":
            return translate("ScreenPane", "through a router")
        case "relay":
            return translate("ScreenPane", "through a TURN server")
        case _:
            return "–"
