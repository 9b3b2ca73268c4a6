"""The log file: readable lines, no secrets, and never in the way of the work."""

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QtMsgType, qInfo
from PySide6.QtWidgets import QApplication

from rescue_console.desktop.program import log_file
from rescue_console.desktop.program.log_file import FILE_SIZE_MAX_BYTES, OLD_FILES, without_secrets

log = logging.getLogger("rescue_console.tests")


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    level = logging.getLogger().level
    yield log_file.install(tmp_path / "logs")
    log_file.uninstall()
    logging.getLogger().setLevel(level)


def test_a_line_has_time_level_logger_and_message(path: Path) -> None:
    log.warning("The %s is closed", "door")
    line = path.read_text(encoding="utf-8")
    assert line.endswith("+00:00 WARNING rescue_console.tests: The door is closed\n")


def test_a_line_break_in_a_message_forges_no_line(path: Path) -> None:
    log.info("name: %s", "x\n2026-01-01 ERROR root: forged")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[1].startswith("    2026")


def test_a_traceback_follows_indented(path: Path) -> None:
    try:
        raise ValueError("no good")
    except ValueError:
        log.warning("failed", exc_info=True)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "    ValueError: no good"


def test_what_qt_says_is_in_the_log(path: Path, qapp: QApplication) -> None:
    qInfo("a word from Qt")
    assert "INFO qt.default: a word from Qt" in path.read_text(encoding="utf-8")
    assert set(log_file._LEVELS) >= {QtMsgType.QtWarningMsg, QtMsgType.QtFatalMsg}


def test_old_files_are_dropped(path: Path) -> None:
    for _ in range((OLD_FILES + 3) * 2):
        log.info("%s", "x" * (FILE_SIZE_MAX_BYTES // 2))
    files = sorted(path.parent.iterdir())
    assert len(files) == OLD_FILES + 1
    assert all(file.stat().st_size <= FILE_SIZE_MAX_BYTES for file in files)


def test_a_log_that_cannot_be_written_stops_nothing(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(path.parent)
    path.parent.write_text("a file where the folder was", encoding="utf-8")
    for _ in range(3):
        log.info("%s", "x" * FILE_SIZE_MAX_BYTES)
    assert capsys.readouterr().err == ""


def test_a_folder_that_cannot_be_created_raises(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    handlers = list(logging.getLogger().handlers)
    with pytest.raises(OSError, match="file"):
        log_file.install(tmp_path / "file" / "logs")
    assert logging.getLogger().handlers == handlers


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("GET /Customer/Code.aspx?i=2&Code=618689&k=abcdefghijklmnopqrst-_", "618689"),
        ("GET /Customer/Code.aspx?i=2&Code=618689&k=abcdefghijklmnopqrst-_", "abcdefgh"),
        ("Authorization: Bearer abc.def", "abc.def"),
        ("{'password': 'correct horse', 'email': 'a@example.org'}", "horse"),
        ('{"refresh_token":"r3fr3sh"}', "r3fr3sh"),
        ("access_token=abc123&x=1", "abc123"),
        ('{"code": "618689"}', "618689"),
        ("does not support openUrl() for 'mailto:a@b?body=x%3Fi%3D2%26Code%3D618689'.", "618689"),
        ("mailto:jean@example.org?subject=x", "jean"),
    ],
)
def test_secrets_are_struck_out(path: Path, text: str, secret: str) -> None:
    assert secret in text
    log.info("%s", text)
    assert secret not in path.read_text(encoding="utf-8")


def test_ordinary_words_stay() -> None:
    text = "status code: 404, monkey=1, keyboard: fr, the key was found"
    assert without_secrets(text) == text
