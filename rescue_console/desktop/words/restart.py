"""Why the customer's computer was not restarted, in words."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from rescue_console.protocol.channel import RestartEnded
from rescue_console.protocol.foreign_text import line
from rescue_console.protocol.restart import RestartProblem

translate = QCoreApplication.translate

_SENTENCES: dict[RestartProblem, object] = {
    RestartProblem.CANCELLED: QT_TRANSLATE_NOOP("Restart", "The customer cancelled the restart."),
    RestartProblem.TAKEN_BACK: QT_TRANSLATE_NOOP(
        "Restart", "The restart was called off: it is no longer allowed."
    ),
    RestartProblem.NO_WAY_BACK: QT_TRANSLATE_NOOP(
        "Restart",
        "The computer was not restarted: the applet could not make sure that it comes back.",
    ),
    RestartProblem.REFUSED: QT_TRANSLATE_NOOP(
        "Restart", "The customer’s system refused to restart."
    ),
    RestartProblem.STILL_RUNNING: QT_TRANSLATE_NOOP(
        "Restart",
        "The computer is still running, perhaps because a program waits for an answer. Ask the "
        "customer, and then try again.",
    ),
}


def problem_sentence(problem: RestartProblem) -> str:
    """Return why the computer was not restarted."""
    return translate("Restart", str(_SENTENCES[problem]))


def problem_text(ended: RestartEnded) -> str:
    """Return why the computer was not restarted, and what its system said about it."""
    detail = line(ended.detail)
    sentence = problem_sentence(ended.problem)
    return f"{sentence} ({detail})" if detail else sentence
