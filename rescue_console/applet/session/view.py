"""Makes the window's view of a session, by pure functions from plain values to plain values."""

from rescue_console.applet.session.notices import blocked_notice, notice
from rescue_console.applet.session.situation import Situation
from rescue_console.applet.window.shown_text import NAME_MAX, shown
from rescue_console.applet.window.texts import Texts
from rescue_console.applet.window.views import Busy, Ended, Helping, Restarting


def view_of(situation: Situation, texts: Texts) -> Busy | Helping | Restarting | None:
    """Return the view of a session in progress; None before the server's first word and at the end.

    The last view comes from ``ended_view``.
    """
    state = situation.state
    if state is None and situation.blocked:
        return Busy(blocked_notice(texts))
    if state is None or state.over:
        return None
    if situation.seconds is not None:
        return Restarting(situation.technician, situation.seconds, notice(situation, texts))
    return Helping(
        organization=shown(situation.organization, NAME_MAX),
        technician=situation.technician,
        title=shown(state.title),
        text=shown(state.text),
        granted=situation.granted,
        asked=situation.question,
        security_code=situation.security_code if situation.connected else "",
        no_code=situation.connected and not situation.security_code,
        notice=notice(situation, texts),
        betrayed=situation.betrayed,
        stop_keys=situation.stop_keys,
        no_control=situation.no_control,
    )


def ended_view(situation: Situation, texts: Texts) -> Ended:
    """Return the last view, for a session that the applet is no longer in."""
    state = situation.state
    if state is not None and state.over:
        return Ended(shown(state.title) or texts("The session is over."), shown(state.text))
    # The server no longer knows this applet, and does not say why.
    return Ended(
        texts("This window is no longer needed."),
        texts("The session is over, or goes on in another window of the applet."),
    )
