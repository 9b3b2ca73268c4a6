"""What the window shows of a session: pure functions, from plain values to plain values."""

from rescue_console.applet.session.notices import notice
from rescue_console.applet.session.situation import Situation
from rescue_console.applet.window.shown_text import NAME_MAX, shown
from rescue_console.applet.window.texts import Texts
from rescue_console.applet.window.views import Ended, Helping, Restarting


def view_of(situation: Situation, texts: Texts) -> Helping | Restarting | None:
    """Return the view of a session that goes on; None before the server's first word and after."""
    told = situation.told
    if told is None or told.over:
        return None
    if situation.seconds is not None:
        return Restarting(situation.technician, situation.seconds, notice(situation, texts))
    return Helping(
        organization=shown(situation.organization, NAME_MAX),
        technician=situation.technician,
        title=shown(told.title),
        text=shown(told.text),
        granted=situation.granted,
        asked=situation.question,
        security_code=situation.security_code if situation.connected else "",
        notice=notice(situation, texts),
        betrayed=situation.betrayed,
        stop_keys=situation.stop_keys,
        no_control=situation.no_control,
    )


def ended_view(situation: Situation, texts: Texts) -> Ended:
    """Return the last view, of a session that the applet is not in any more."""
    told = situation.told
    if told is not None and told.over:
        return Ended(shown(told.title) or texts("The session is over."), shown(told.text))
    # The server no longer knows this applet, and does not say why.
    return Ended(
        texts("This window is no longer needed."),
        texts("The session is over, or goes on in another window of the applet."),
    )
