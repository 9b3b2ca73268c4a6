"""Transfers in words: why they failed, how large, how fast, how long they will take."""

from PySide6.QtCore import QCoreApplication, QLocale

from rescue_console.desktop.words.file_problem import file_problem_text
from rescue_console.desktop.words.time import running_time_text
from rescue_console.peer.files.transfer import Transfer, TransferState

translate = QCoreApplication.translate


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
            return file_problem_text(transfer.problem)


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
