"""The words for where seeing the customer's screen stands, and what to do."""

from PySide6.QtCore import QCoreApplication

from rescue_console.desktop.media.base import Statistics, Step
from rescue_console.desktop.workspace.screen.viewing import ViewSituation, ViewState

translate = QCoreApplication.translate


def situation_text(situation: ViewSituation) -> str:
    """Return one or two sentences."""
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
        case ViewState.CONNECTING:
            return _step_text(situation.step)
        case ViewState.SHOWN:
            return translate("ScreenPane", "The customer’s screen is shown.")
        case ViewState.PAUSED:
            return translate("ScreenPane", "The customer has paused the picture.")
        case ViewState.CHOOSING:
            return translate(
                "ScreenPane",
                "The customer’s page was loaded again. They must choose there what to show.",
            )
        case ViewState.TRYING_AGAIN:
            return _failure_text(situation.step)


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


def _failure_text(step: Step) -> str:
    match step:
        case Step.SIGNALLING:
            return translate(
                "ScreenPane",
                "The customer’s page does not answer; trying again. Ask the customer to keep the "
                "page open.",
            )
        case Step.FINDING:
            return translate(
                "ScreenPane",
                "No way was found between the two networks; trying again. If this stays so, ask "
                "IT to set up a TURN server, and that UDP is not blocked.",
            )
        case Step.ENCRYPTING:
            return translate(
                "ScreenPane",
                "The two sides could not agree on keys; trying again. If this stays so, something "
                "on the way may be interfering: do not go on.",
            )
        case Step.FIRST_FRAME:
            return translate(
                "ScreenPane",
                "Connected, but no picture came; trying again. Ask the customer to choose again "
                "what to show.",
            )
        case Step.SHOWN:
            return translate("ScreenPane", "The connection was lost; trying again…")


def statistics_text(figures: Statistics) -> str:
    """Return the figures, a line each."""
    trip = "–" if figures.round_trip_s is None else f"{figures.round_trip_s * 1000:.0f} ms"
    lines = [
        f"{figures.size.width()} × {figures.size.height()}, {figures.codec}",
        translate("ScreenPane", "Frames per second: {0} received, {1} shown").format(
            f"{figures.frames_per_second:.1f}", f"{figures.painted_per_second:.1f}"
        ),
        translate("ScreenPane", "Bit rate: {0} Mbit/s").format(
            f"{figures.bits_per_second / 1e6:.2f}"
        ),
        translate("ScreenPane", "Packets lost: {0} %").format(f"{figures.lost * 100:.1f}"),
        translate("ScreenPane", "Round trip: {0}").format(trip),
        translate("ScreenPane", "Way: {0}").format(
            f"{_way_text(figures.local_way)} ↔ {_way_text(figures.remote_way)}"
        ),
    ]
    return "\n".join(lines)


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
