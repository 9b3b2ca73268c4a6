"""On a Linux desktop, what opens a mail is asked for first, and how that ended is looked at."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from rescue_console.desktop.program.system_opener import SystemOpener
from tests.stage.technicians.system_programs import install, programs
from tests.stage.until import WAIT_MS

__all__ = ["programs"]

pytestmark = pytest.mark.starts_programs

URL = QUrl("mailto:a@example.org?subject=two%20words&body=a%0D%0Ab")


def test_without_a_mail_client_nothing_is_started(programs: Path, qtbot: QtBot) -> None:
    install(programs, "xdg-mime", "true")
    install(programs, "xdg-open", 'echo "$1" > "$SEEN"')
    assert not SystemOpener().open(URL)
    assert not (programs / "seen").exists()


def test_an_opener_that_ends_with_an_error_is_noticed(programs: Path, qtbot: QtBot) -> None:
    install(programs, "xdg-mime", "echo mail.desktop")
    install(programs, "xdg-open", "exit 4")
    opener = SystemOpener()
    with qtbot.waitSignal(opener.failed, timeout=WAIT_MS):
        assert opener.open(URL)


def test_a_client_gets_the_url_as_it_is(programs: Path, qtbot: QtBot) -> None:
    install(programs, "xdg-mime", 'test "$*" = "query default x-scheme-handler/mailto" && echo m')
    install(programs, "xdg-open", 'echo "$1" > "$SEEN.part" && /bin/mv "$SEEN.part" "$SEEN"')
    opener = SystemOpener()
    failures: list[bool] = []
    opener.failed.connect(lambda: failures.append(True))
    assert opener.open(URL)
    qtbot.waitUntil(lambda: not opener._timer.isActive(), timeout=WAIT_MS)
    assert (programs / "seen").read_text("utf-8") == f"{bytes(URL.toEncoded().data()).decode()}\n"
    assert failures == []


def test_a_system_that_does_not_answer_is_given_the_mail(programs: Path, qtbot: QtBot) -> None:
    install(programs, "xdg-mime", "exit 2")
    install(programs, "xdg-open", "exit 0")
    opener = SystemOpener()
    assert opener.open(URL)
    qtbot.waitUntil(lambda: not opener._timer.isActive(), timeout=WAIT_MS)
