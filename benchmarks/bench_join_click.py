"""From the customer's click on *Join* to *Waiting* in the technician's console."""

import json
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

from playwright.sync_api import Page
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from benchmarks.browser import customer_pages
from benchmarks.figures import milliseconds, percentile
from benchmarks.result import Result
from tests.stage.servers.rescue_server import RealServer
from tests.stage.until import WAIT_S

CUSTOMERS = 9
BUDGET_S = 0.5


def measure() -> list[Result]:
    """Have customers join one after another; time each from just before the click to the event."""
    with (
        tempfile.TemporaryDirectory() as folder,
        RealServer(Path(folder) / "data") as server,
        _waiting(server) as waiting,
        customer_pages(CUSTOMERS + 1) as (first, *pages),
    ):
        _join(server, first, waiting)  # The first one warms everything up and does not count.
        delays = [_join(server, page, waiting) for page in pages]
    median = percentile(delays, 50)
    return [
        Result(
            "click on Join to Waiting at the technician's (median)",
            f"≤ {BUDGET_S} s",
            f"{milliseconds(median)}, slowest of {CUSTOMERS} {milliseconds(max(delays))}",
            median <= BUDGET_S,
        )
    ]


def _join(server: RealServer, page: Page, waiting: "Queue[tuple[str, float]]") -> float:
    """Return the seconds from just before the click, by the browser's driver, to the event."""
    session = server.owner.create_session(name="Jean Dupont")
    page.goto(session["link"])
    button = page.get_by_role("button", name="Join in this browser")
    button.wait_for()
    clicked = time.monotonic()
    button.click(no_wait_after=True)
    session_id, arrived = waiting.get(timeout=WAIT_S)
    assert session_id == session["id"]
    page.wait_for_url("**/Customer/Session")
    return arrived - clicked


@contextmanager
def _waiting(server: RealServer) -> "Iterator[Queue[tuple[str, float]]]":
    """Follow the event stream; yield a queue of the waiting sessions and when each was reported."""
    waiting: Queue[tuple[str, float]] = Queue()
    with connect(server.events_url, open_timeout=WAIT_S) as stream:
        token = server.owner.access_token
        stream.send(json.dumps({"kind": "subscribe", "access_token": token}))
        assert json.loads(stream.recv(WAIT_S))["kind"] == "hello"
        reader = threading.Thread(target=_follow, args=(stream, waiting))
        reader.start()
        yield waiting
    reader.join()


def _follow(stream: ClientConnection, waiting: "Queue[tuple[str, float]]") -> None:
    try:
        for message in stream:
            arrived = time.monotonic()
            event = json.loads(message)
            if event["kind"] == "session.changed" and event["session"]["status"] == "waiting":
                waiting.put((event["session"]["id"], arrived))
    except ConnectionClosed:
        return
