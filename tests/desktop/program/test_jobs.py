import asyncio
import threading

import pytest
import qasync
from PySide6.QtCore import QObject
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


@pytest.mark.parametrize("expected_errors", [["The job ends badly failed"]])
def test_a_window_that_is_deleted_ends_its_jobs_without_a_report(
    qt_loop: qasync.QEventLoop, qtbot: QtBot, expected_errors: list[str]
) -> None:
    window = QObject()
    jobs = Jobs(window)
    reports: list[object] = []
    jobs.failed.connect(reports.append)

    async def touch_when_over() -> None:
        try:
            await never()
        finally:
            window.objectName()

    long = jobs.start(never(), "long")
    bad = jobs.start(touch_when_over(), "ends badly")
    qt_loop.call_soon(window.deleteLater)
    qtbot.waitUntil(lambda: long.done() and bad.done(), timeout=WAIT_MS)
    assert long.cancelled()
    assert isinstance(bad.exception(), RuntimeError)
    qtbot.waitUntil(lambda: not jobs._tasks, timeout=WAIT_MS)
    assert not reports
