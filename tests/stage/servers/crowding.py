"""Asks for more at the same time than is held for anybody."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from tests.stage.until import WAIT_S

TOO_MANY = 429


@contextmanager
def too_many(ask: Callable[[], int], held_max: int) -> Iterator[None]:
    """Run the block once *ask*, called over and over at the same time, has been refused.

    Args:
        ask: Sends one request that is held; returns its status.
        held_max: How many are held; more must be refused, and these must not.
    """
    refused, done = threading.Event(), threading.Event()
    codes: set[int] = set()

    def go_on() -> None:
        while not done.is_set():
            code = ask()
            codes.add(code)
            if code == TOO_MANY:
                refused.set()
                done.wait()

    with ThreadPoolExecutor(held_max + 3) as threads:
        asking = [threads.submit(go_on) for _ in range(held_max + 3)]
        try:
            assert refused.wait(2 * WAIT_S), codes
            yield
        finally:
            done.set()
            for one in asking:
                one.result(2 * WAIT_S)
    assert codes <= {200, TOO_MANY}
