"""Whatever is opened outside: the system is asked first, and what did not open is said."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rescue_console.desktop.program.opening import open_folder, open_page
from rescue_console.desktop.program.system_opener import SystemOpener
from tests.stage.technicians.system_programs import install, programs
from tests.stage.until import turn_until

__all__ = ["programs"]

pytestmark = pytest.mark.starts_programs

ADDRESS = "https://help.example.org/a?b=c&d=%20"


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


def box(window: QWidget) -> QMessageBox | None:
    return window.findChild(QMessageBox)


def said(window: QWidget, qtbot: QtBot) -> str:
    """Return what the box says that comes, and press *Copy* in it."""
    turn_until(qtbot, lambda: box(window))
    shown = box(window)
    assert shown is not None
    text = shown.text()
    copy = next(each for each in shown.findChildren(QPushButton) if each.text() == "Copy")
    copy.click()
    turn_until(qtbot, lambda: box(window) is None)
    return text


@pytest.mark.parametrize("answer", ["true", "echo an.desktop"])
def test_what_nothing_opens_is_said_and_can_be_copied(
    answer: str, programs: Path, window: QWidget, qtbot: QtBot
) -> None:
    install(programs, "xdg-mime", answer)
    install(programs, "xdg-open", 'echo "$1" > "$SEEN"; exit 3')

    open_folder(programs, window)
    assert said(window, qtbot).startswith("No program on this computer opened this folder.")
    assert QGuiApplication.clipboard().text() == str(programs)

    open_page(ADDRESS, window)
    assert said(window, qtbot).startswith("No browser on this computer opened this address.")
    assert QGuiApplication.clipboard().text() == ADDRESS
    assert (programs / "seen").exists() == (answer != "true")


def test_a_folder_that_is_gone_is_said(programs: Path, window: QWidget, qtbot: QtBot) -> None:
    install(programs, "xdg-mime", "echo files.desktop")
    install(programs, "xdg-open", "exit 2")
    open_folder(programs / "gone", window)
    assert said(window, qtbot) == "This folder is no longer there:"


def test_the_system_is_asked_for_the_kind_and_then_opens(
    programs: Path, window: QWidget, qtbot: QtBot
) -> None:
    install(programs, "xdg-mime", 'echo "$3" >> "$SEEN.kinds"; echo an.desktop')
    install(programs, "xdg-open", 'echo "$1" >> "$SEEN"')
    open_folder(programs, window)
    open_page(ADDRESS, window)
    turn_until(qtbot, lambda: not window.findChildren(SystemOpener))
    kinds = (programs / "seen.kinds").read_text("utf-8").split()
    assert kinds == ["inode/directory", "x-scheme-handler/https"]
    assert set((programs / "seen").read_text("utf-8").split()) == {programs.as_uri(), ADDRESS}
    assert box(window) is None
