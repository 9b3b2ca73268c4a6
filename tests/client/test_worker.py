"""Calls on a thread that nobody waits for."""

import asyncio
import threading

import pytest

from rescue_console.client.worker import Worker


async def test_calls_are_made_one_after_the_other_on_one_thread() -> None:
    worker = Worker()
    threads = await asyncio.gather(*(worker.call(threading.get_ident) for _ in range(3)))
    worker.leave()
    assert len(set(threads)) == 1
    assert threads[0] != threading.get_ident()


async def test_an_error_reaches_the_caller() -> None:
    worker = Worker()

    def fail() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await worker.call(fail)
    assert await worker.call(lambda: 1) == 1
    worker.leave()


async def test_who_no_longer_waits_does_not_hold_up_the_end() -> None:
    worker, go_on, gone = Worker(), threading.Event(), threading.Event()

    def hold() -> None:
        go_on.wait()
        gone.set()

    waiting = asyncio.ensure_future(worker.call(hold))
    await asyncio.sleep(0)
    waiting.cancel()
    assert isinstance((await asyncio.gather(waiting, return_exceptions=True))[0], BaseException)
    worker.leave()
    go_on.set()
    assert await asyncio.to_thread(gone.wait, 20)
