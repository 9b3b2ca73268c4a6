import asyncio
import threading

import pytest
import qasync
from pytestqt.qtbot import QtBot

from rescue_console.desktop.program.jobs import Jobs

WAIT_MS = 30_000


async def never() -> None:
    await asyncio.Event().wait()


async def fail() -> None:
    raise LookupError("a fault")


def test_a_job_runs_and_is_forgotten_when_it_ends(qt_loop: qasync.QEventLoop, qtbot: QtBot) -> None:
    jobs = Jobs()
    task = jobs.start(asyncio.sleep(0, "done"), "short")
    qtbot.waitUntil(task.done, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: jobs.running == 0, timeout=WAIT_MS)
    assert task.result() == "done"


@pytest.mark.parametrize("expected_errors", [["The job faulty failed"]])
def test_a_job_that_fails_is_reported_once(
    qt_loop: qasync.QEventLoop, qtbot: QtBot, expected_errors: list[str]
) -> None:
    jobs = Jobs()
    with qtbot.waitSignal(jobs.failed, timeout=WAIT_MS) as failed:
        jobs.start(fail(), "faulty")
    assert isinstance(failed.args and failed.args[0], LookupError)


def test_closing_ends_every_job_without_a_report(qt_loop: qasync.QEventLoop, qtbot: QtBot) -> None:
    jobs = Jobs()
    tasks = [jobs.start(never(), "long"), jobs.start(never(), "long")]
    closing = asyncio.ensure_future(jobs.aclose())
    qtbot.waitUntil(closing.done, timeout=WAIT_MS)
    assert all(task.cancelled() for task in tasks)


def test_a_blocking_function_runs_on_another_thread(
    qt_loop: qasync.QEventLoop, qtbot: QtBot
) -> None:
    jobs = Jobs()
    task = jobs.start(Jobs.in_thread(threading.get_ident), "thread")
    qtbot.waitUntil(task.done, timeout=WAIT_MS)
    assert task.result() != threading.get_ident()
