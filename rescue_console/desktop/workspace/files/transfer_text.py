"""Transfers in words: why they failed, how large, how fast, how long they will take."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale

from rescue_console.desktop.words.time import running_time_text
from rescue_console.peer.files.transfer import Transfer, TransferState
from rescue_console.protocol.file_problems import FileProblem
from rescue_console.protocol.foreign_text import line

translate = QCoreApplication.translate

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


def problem_text(problem: str) -> str:
    """Return *problem* in words.

    A ``FileProblem`` is in the language of the screens; other words, which are the other side's,
    are put on one line.
    """
    try:
        return translate("FileProblem", str(_PROBLEMS[FileProblem(problem)]))
    except ValueError:
        return line(problem)


def size_text(size: float) -> str:
    """Return a number of bytes as people read it."""
    return QLocale().formattedDataSize(int(size), 1)


def state_text(transfer: Transfer) -> str:
    """Return the state of *transfer*."""
    match transfer.state:
        case TransferState.WAITING:
            return translate("Transfer", "Waiting")
        case TransferState.RUNNING:
            return translate("Transfer", "{0} %").format(percent(transfer))
        case TransferState.PAUSED:
            return translate("Transfer", "Waiting for the connection")
        case TransferState.DONE:
            return translate("Transfer", "Done")
        case TransferState.FAILED:
            return problem_text(transfer.problem)


def percent(transfer: Transfer) -> int:
    """Return how much of *transfer* has been transferred, 0 to 100."""
    return 100 * transfer.done // transfer.size if transfer.size else 0


def speed_text(bytes_per_s: float) -> str:
    """Return a speed; empty when it is not known."""
    return translate("Transfer", "{0}/s").format(size_text(bytes_per_s)) if bytes_per_s else ""


def left_text(transfer: Transfer, bytes_per_s: float) -> str:
    """Return how long *transfer* will still take; empty when that is not known."""
    if not bytes_per_s or transfer.state is not TransferState.RUNNING:
        return ""
    return running_time_text((transfer.size - transfer.done) / bytes_per_s)
