"""Why the file manager has not done something, in words."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from rescue_console.protocol.file_problems import FolderProblem
from rescue_console.protocol.foreign_text import line

_PROBLEMS: dict[str, object] = {
    FolderProblem.TOO_MUCH: QT_TRANSLATE_NOOP("FolderProblem", "Too much at once. Try again."),
    FolderProblem.FAULT: QT_TRANSLATE_NOOP(
        "FolderProblem", "It failed because of a fault in the program."
    ),
    FolderProblem.NOT_ALLOWED: QT_TRANSLATE_NOOP(
        "FolderProblem", "The customer no longer allows it."
    ),
    FolderProblem.NO_PATH: QT_TRANSLATE_NOOP("FolderProblem", "This is not a whole path."),
    FolderProblem.TOO_MANY: QT_TRANSLATE_NOOP(
        "FolderProblem", "There are too many files in this folder."
    ),
    FolderProblem.UNREADABLE: QT_TRANSLATE_NOOP("FolderProblem", "It cannot be read."),
    FolderProblem.NOTHING: QT_TRANSLATE_NOOP("FolderProblem", "There is nothing that can be sent."),
    FolderProblem.UNUSABLE: QT_TRANSLATE_NOOP("FolderProblem", "This name or path cannot be used."),
    FolderProblem.UNUSABLE_NAME: QT_TRANSLATE_NOOP("FolderProblem", "This name cannot be used."),
    FolderProblem.TAKEN: QT_TRANSLATE_NOOP(
        "FolderProblem", "Something of this name is there already."
    ),
    FolderProblem.NEEDED: QT_TRANSLATE_NOOP(
        "FolderProblem", "This folder is needed by the system and is not deleted."
    ),
}


def folder_problem_text(problem: str) -> str:
    """Return *problem* in words.

    A ``FolderProblem`` is in the language of the screens; other words, which are those of the
    customer's system, are put on one line.
    """
    known = _PROBLEMS.get(problem)
    if known is None:
        return line(problem)
    return QCoreApplication.translate("FolderProblem", str(known))
