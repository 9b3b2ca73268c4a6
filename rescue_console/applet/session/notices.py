"""The sentences that tell the customer what has happened, with no button to press."""

from rescue_console.applet.session.situation import Situation
from rescue_console.applet.window.shown_text import shown
from rescue_console.applet.window.texts import Texts
from rescue_console.peer.files.transfer import Transfer, TransferState
from rescue_console.protocol.hindrances import ControlHindrance
from rescue_console.protocol.restart import RestartProblem

CALLED_OFF = (RestartProblem.CANCELLED, RestartProblem.TAKEN_BACK)
"""Why a restart ends at the customer's wish; the end of the power tells the server."""


def notice(situation: Situation, texts: Texts) -> str:
    """Return what the customer should know at this moment; usually empty."""
    pressing = []
    if situation.blocked:
        pressing.append(blocked_notice(texts))
    elif situation.lost:
        pressing.append(texts("Connection lost. Trying again…"))
    elif situation.stopped and not situation.granted:
        pressing.append(texts("Everything was stopped."))
    if situation.picture_goes_on:
        pressing.append(
            texts(
                "The picture ends once the server answers. To end it now, close the page in "
                "your browser."
            )
        )
    return " ".join(pressing) or situation.sharing or shown(situation.news)


def blocked_notice(texts: Texts) -> str:
    """Return that no WebSocket gets through, and what helps."""
    return texts(
        "This network blocks WebSockets, and the applet cannot work without them. Use another "
        "network, such as that of a phone, or ask whoever runs this one to allow WebSockets. "
        "Trying again…"
    )


def transfer_notice(transfer: Transfer, texts: Texts) -> str:
    """Return how *transfer* has ended; empty while it goes on, or when it never had a file here."""
    if not transfer.over or transfer.path is None:
        return ""
    name = transfer.path.name
    if transfer.state is not TransferState.DONE:
        return texts("Not transferred: {name}", name=name)
    if transfer.incoming:
        folder = str(transfer.path.parent)
        return texts("Received: {name}, in {folder}", name=name, folder=folder)
    return texts("Sent: {name}", name=name)


def restart_notice(problem: RestartProblem, texts: Texts) -> str:
    """Return that the computer was not restarted, or that the customer cancelled the restart."""
    if problem in CALLED_OFF:
        return texts("The restart was cancelled.")
    return texts("This computer was not restarted.")


def control_notice(technician: str, hindrance: ControlHindrance, texts: Texts) -> str:
    """Return why *technician* was not offered mouse and keyboard."""
    return texts(
        "{technician} has asked to use your mouse and keyboard. That is not possible here: {why}",
        technician=technician,
        why=texts.hindrance(hindrance),
    )
