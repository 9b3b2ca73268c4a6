import pytest
import qasync
from pytestqt.qtbot import QtBot

from rescue_console.desktop.session_log.view import SessionLogView
from rescue_console.protocol.answers import LogEntry
from tests.stage.technicians.fake_calls import NOW, FakeCalls

WAIT_MS = 20_000


@pytest.fixture
def view(qt_loop: qasync.QEventLoop, qtbot: QtBot) -> SessionLogView:
    view = SessionLogView()
    qtbot.addWidget(view)
    return view


def write(calls: FakeCalls, first: int, last: int) -> None:
    for number in range(first, last + 1):
        calls.log.append(LogEntry(at=NOW, what="waiting", number=number))


def numbers(view: SessionLogView) -> list[int]:
    return [entry.number for entry in view.model.entries]


def read(view: SessionLogView, calls: FakeCalls, qtbot: QtBot) -> None:
    view.read(calls, "s1")
    qtbot.waitUntil(lambda: view.jobs.running == 0, timeout=WAIT_MS)


def wait_for_first(view: SessionLogView, number: int, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: numbers(view)[0] == number, timeout=WAIT_MS)


def test_a_short_log_is_shown_whole(view: SessionLogView, calls: FakeCalls, qtbot: QtBot) -> None:
    write(calls, 1, 10)
    read(view, calls, qtbot)
    assert numbers(view) == list(range(1, 11))
    assert view.ui.earlierButton.isHidden()


def test_a_long_log_is_shown_from_its_end_and_earlier_lines_when_wanted(
    view: SessionLogView, calls: FakeCalls, qtbot: QtBot
) -> None:
    write(calls, 1, 25)
    read(view, calls, qtbot)
    assert numbers(view) == list(range(16, 26))
    for first in (6, 1):
        assert not view.ui.earlierButton.isHidden()
        view.ui.earlierButton.click()
        wait_for_first(view, first, qtbot)
    assert numbers(view) == list(range(1, 26))
    assert view.ui.earlierButton.isHidden()


def test_earlier_lines_stay_while_the_log_grows(
    view: SessionLogView, calls: FakeCalls, qtbot: QtBot
) -> None:
    write(calls, 1, 25)
    read(view, calls, qtbot)
    view.ui.earlierButton.click()
    qtbot.waitUntil(lambda: len(numbers(view)) == 20, timeout=WAIT_MS)
    write(calls, 26, 27)
    read(view, calls, qtbot)
    assert numbers(view) == list(range(6, 28))
    assert not view.ui.earlierButton.isHidden()
    # So many new lines that some are missing in between: only the newest are shown.
    write(calls, 28, 60)
    read(view, calls, qtbot)
    assert numbers(view) == list(range(51, 61))
    assert not view.ui.earlierButton.isHidden()
