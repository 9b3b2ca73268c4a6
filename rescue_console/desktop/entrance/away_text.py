"""What the console says while the embedded server is away."""

from PySide6.QtCore import QCoreApplication

from rescue_console.desktop.entrance.local_server import ServerState
from rescue_console.protocol.foreign_text import line

translate = QCoreApplication.translate

_WORDS_MAX = 300
"""How much of the server's own words is shown, in characters; all of them are in the log file."""


def away_text(state: ServerState, last_words: str) -> str:
    """Return why the server is away and what happens next; empty while it is running."""
    match state:
        case ServerState.RUNNING:
            return ""
        case ServerState.AWAY:
            return translate(
                "LocalServer",
                "The server on this computer has ended unexpectedly and is being started again. "
                "Your sessions are kept, and customers’ pages come back by themselves.",
            )
        case ServerState.GIVEN_UP:
            text = translate(
                "LocalServer",
                "The server on this computer keeps ending, so it is no longer started by itself. "
                "Try now, or quit and start this program again. If that does not help, the log "
                "says why (Help, Open log folder).",
            )
            return f"{text} {line(last_words, _WORDS_MAX)}".strip()
