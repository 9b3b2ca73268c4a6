"""Why a file was not sent or not received, in the language of the screens."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from rescue_console.protocol.file_problems import FileProblem
from rescue_console.protocol.foreign_text import line

_PROBLEMS: dict[FileProblem, object] = {
    FileProblem.CANCELLED: QT_TRANSLATE_NOOP("FileProblem", "The transfer was cancelled."),
    FileProblem.REFUSED: QT_TRANSLATE_NOOP("FileProblem", "The other side does not want the file."),
    FileProblem.DISK_FULL: QT_TRANSLATE_NOOP(
        "FileProblem", "The disk of the receiving device is full."
    ),
    FileProblem.NO_ROOM: QT_TRANSLATE_NOOP(
        "FileProblem", "There is not enough room for the file on the receiving device."
    ),
    FileProblem.UNREADABLE: QT_TRANSLATE_NOOP("FileProblem", "The file cannot be read."),
    FileProblem.NOT_A_FILE: QT_TRANSLATE_NOOP(
        "FileProblem", "It is a link or a device, not a file, and is not sent."
    ),
    FileProblem.UNWRITABLE: QT_TRANSLATE_NOOP(
        "FileProblem", "The file cannot be written to the receiving folder."
    ),
    FileProblem.CHANGED: QT_TRANSLATE_NOOP(
        "FileProblem", "The file changed while it was being sent."
    ),
    FileProblem.DAMAGED: QT_TRANSLATE_NOOP(
        "FileProblem", "The file arrived damaged and was deleted. Send it again."
    ),
    FileProblem.TOO_MANY: QT_TRANSLATE_NOOP("FileProblem", "Too many files at once."),
    FileProblem.MISBEHAVED: QT_TRANSLATE_NOOP(
        "FileProblem", "The other side did not keep to the rules of a transfer."
    ),
    FileProblem.NOT_ALLOWED: QT_TRANSLATE_NOOP(
        "FileProblem", "Transferring files is no longer allowed."
    ),
    FileProblem.SKIPPED: QT_TRANSLATE_NOOP(
        "FileProblem", "A file of this name is there already and was left as it is."
    ),
    FileProblem.FAULT: QT_TRANSLATE_NOOP(
        "FileProblem", "The transfer failed because of a fault in the program."
    ),
    FileProblem.BUSY: QT_TRANSLATE_NOOP("FileProblem", "The same file is being received already."),
    FileProblem.TOO_LARGE: QT_TRANSLATE_NOOP(
        "FileProblem", "The file is too large to be sent without the applet."
    ),
    FileProblem.APPLET: QT_TRANSLATE_NOOP(
        "FileProblem", "Files go through the applet from now on. Send it again."
    ),
}


def file_problem_text(problem: str) -> str:
    """Return *problem* in words.

    A ``FileProblem`` is in the language of the screens; other words, which are the other side's,
    are put on one line.
    """
    try:
        return QCoreApplication.translate("FileProblem", str(_PROBLEMS[FileProblem(problem)]))
    except ValueError:
        return line(problem)
