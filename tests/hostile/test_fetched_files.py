"""A technician fetches one file; a hostile applet sends others under the same request."""

import asyncio
from pathlib import Path

import pytest
import qasync
from pytestqt.qtbot import QtBot

from rescue_console.desktop.workspace.files.console_reception import ConsoleReception
from rescue_console.desktop.workspace.files.question_bar import QuestionBar
from rescue_console.protocol.channel import FileOffered

WAIT_MS = 30_000


def offer(number: int, name: str, wanted: int = 2) -> FileOffered:
    return FileOffered(id=number, name=name, size=1, wanted=wanted)


@pytest.fixture
def bar(qtbot: QtBot) -> QuestionBar:
    bar = QuestionBar()
    qtbot.addWidget(bar)
    return bar


@pytest.fixture
def reception(bar: QuestionBar) -> ConsoleReception:
    return ConsoleReception(bar, lambda: True)


def test_a_fetched_file_goes_into_the_chosen_folder_without_a_question(
    reception: ConsoleReception, tmp_path: Path
) -> None:
    reception.want(2, "/home/zoe/report.pdf", tmp_path)
    reception.want(4, "C:\\Users\\Zoë\\photos", tmp_path)
    reception.want(6, "/", tmp_path)

    async def folders() -> set[Path]:
        offers = [
            offer(1, "report.pdf"),
            offer(1, "report.pdf"),
            offer(3, "photos/sea/a.jpg", 4),
            offer(5, "photos/empty/", 4),
            offer(7, "files/etc/hosts", 6),
        ]
        return {await reception.folder_for(each) for each in offers}

    assert asyncio.run(folders()) == {tmp_path}


@pytest.mark.parametrize(
    "name", [".config/autostart/a.desktop", "other.pdf", "../report.pdf/../x", "report.pdf"]
)
def test_any_other_file_sent_under_a_requests_number_is_asked_about(
    reception: ConsoleReception,
    bar: QuestionBar,
    qt_loop: qasync.QEventLoop,
    qtbot: QtBot,
    tmp_path: Path,
    name: str,
) -> None:
    reception.want(2, "/home/zoe/report.pdf", tmp_path)
    first = qt_loop.create_task(reception.folder_for(offer(1, "report.pdf")))
    qtbot.waitUntil(first.done, timeout=WAIT_MS)
    second = qt_loop.create_task(reception.folder_for(offer(3, name)))
    qtbot.waitUntil(lambda: second.done() or bar.isVisible(), timeout=WAIT_MS)

    assert first.result() == tmp_path
    assert not second.done()
    second.cancel()
    qtbot.waitUntil(second.done, timeout=WAIT_MS)
    assert not bar.isVisible()


def test_the_question_shows_the_extension_of_even_the_longest_name(
    reception: ConsoleReception, bar: QuestionBar, qt_loop: qasync.QEventLoop, qtbot: QtBot
) -> None:
    asking = qt_loop.create_task(reception.folder_for(offer(1, "holidays" * 20 + ".exe", 0)))
    qtbot.waitUntil(bar.isVisible, timeout=WAIT_MS)

    assert ".exe”" in bar.ui.message.text()
    asking.cancel()
    qtbot.waitUntil(asking.done, timeout=WAIT_MS)
