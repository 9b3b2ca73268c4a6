"""The words for how far viewing the customer's screen has got, and what to do."""

from PySide6.QtCore import QCoreApplication, QLocale

from rescue_console.desktop.media.base import Statistics, Step
from rescue_console.desktop.words.power_hindrance import power_hindrance_text
from rescue_console.desktop.workspace.screen.viewing import ViewSituation, ViewState
from rescue_console.desktop.workspace.section.failure_text import failure_text
from rescue_console.protocol.hindrances import PowerHindrance

translate = QCoreApplication.translate


def situation_text(situation: ViewSituation) -> str:
    """Return *situation* in words; while connecting, with the last failure and the current step."""
    match situation.state:
        case ViewState.DENIED:
            return _denied_text(situation.hindrance)
        case ViewState.CONNECTING | ViewState.TRYING_AGAIN:
            return _connecting_text(situation)
        case ViewState.SHOWN:
            return _shown_text(situation)
        case _:
            known = power_hindrance_text(situation.hindrance) if situation.hindrance else ""
            return "\n\n".join(filter(None, (_waiting_text(situation.state), known)))


def _waiting_text(state: ViewState) -> str:
    match state:
        case ViewState.ASKED:
            return translate(
                "ScreenPane", "Waiting for the customer to choose on their page what to show…"
            )
        case ViewState.PAUSED:
            return translate("ScreenPane", "The customer has paused the picture.")
        case ViewState.CHOOSING:
            return translate(
                "ScreenPane",
                "The customer’s page was loaded again. They must choose there what to show.",
            )
        case _:
            return translate(
                "ScreenPane",
                "You do not see the customer’s screen. Ask to see it: they choose on their page "
                "what to show, and can stop at any time.",
            )


def _denied_text(hindrance: str) -> str:
    if hindrance in ("", PowerHindrance.DECLINED):
        return translate(
            "ScreenPane",
            "The customer has declined. Explain in the chat what you want to look at, then "
            "ask again.",
        )
    if hindrance == PowerHindrance.TAKEN_BACK:
        return translate(
            "ScreenPane",
            "The customer has stopped showing. If you still need to see something, say so in the "
            "chat, then ask again.",
        )
    return power_hindrance_text(hindrance)


def _shown_text(situation: ViewSituation) -> str:
    if situation.of_camera:
        return translate("ScreenPane", "You see what the customer’s camera sees.")
    return translate("ScreenPane", "The customer’s screen is shown.")


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


def statistics_text(figures: Statistics) -> str:
    """Return the figures, one per line."""
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
