"""The log file: one line per event, old files dropped, secrets struck out, Qt's messages included.

A line is ``time level logger: message`` with the time in UTC; a traceback follows indented.
"""

import logging
import re
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from rescue_console.system.private_files import close_own

FILE_NAME = "rescue-console.log"
FILE_SIZE_MAX_BYTES = 1_000_000
OLD_FILES = 4

_STRUCK_OUT = "…"
_SECRETS = (
    re.compile(r"(?i)(mailto:)[^\s\"']+"),
    re.compile(r"(?i)((?:[?&]|%3F|%26)(?:k|Code)(?:=|%3D))[\w%.~-]+"),
    re.compile(r"(?i)(\bBearer\s+)\S+"),
    re.compile(
        r"(?i)((?:\b(?:password|\w*token)[\"']?|[\"'](?:code|key)[\"'])\s*[=:]\s*)"
        r"(?:\"[^\"]*\"|'[^']*'|[^\s,;)}]+)"
    ),
)
"""Patterns of what precedes a secret, in a group, and of the secret itself."""

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def without_secrets(text: str) -> str:
    """Return *text* with passwords, tokens, codes, keys and ``mailto:`` addresses struck out."""
    for secret in _SECRETS:
        text = secret.sub(rf"\1{_STRUCK_OUT}", text)
    return text


class PlainFormatter(logging.Formatter):
    """Formats a record as one line, without secrets and without forged line breaks."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802
        """Return the record's time in UTC, to the millisecond."""
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's line; the lines of a traceback follow, indented."""
        return without_secrets(super().format(record)).replace("\n", "\n    ")


class QuietFileHandler(RotatingFileHandler):
    """A rotating file whose own failure (disk full, folder gone) never reaches the program."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (logging's name)
        """Drop the record: a log that cannot be written must not stop the work that it records."""


def install(folder: Path) -> Path:
    """Write the program's log into *folder* from now on; return the file's path.

    Raises:
        OSError: the folder or the file cannot be created; nothing is installed.
    """
    close_own(folder)
    path = folder / FILE_NAME
    handler = QuietFileHandler(
        path, maxBytes=FILE_SIZE_MAX_BYTES, backupCount=OLD_FILES, encoding="utf-8"
    )
    handler.setFormatter(PlainFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.captureWarnings(True)
    qInstallMessageHandler(_log_qt_message)
    return path


def uninstall() -> None:
    """Close the log file and give Qt's messages back to Qt."""
    qInstallMessageHandler(None)
    logging.captureWarnings(False)
    root = logging.getLogger()
    for handler in [each for each in root.handlers if isinstance(each, QuietFileHandler)]:
        root.removeHandler(handler)
        handler.close()


def _log_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    logging.getLogger(f"qt.{context.category or 'default'}").log(_LEVELS[kind], "%s", message)
