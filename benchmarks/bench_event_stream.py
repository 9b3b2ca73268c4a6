"""How soon a change reaches 2 000 connected consoles, and how much memory the server needs."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil

from benchmarks.figures import percentile, spread
from benchmarks.result import Result
from tests.stage.servers.rescue_server import RealServer

CONSOLES = 2_000
SIGN_INS = 125
"""Sign-ins that the consoles share, since hashing 2 000 passwords would take minutes."""
CHANGES = 100
BUDGET_S = 0.25
BUDGET_BYTES = 200_000_000


def measure() -> list[Result]:
    """Connect the consoles, make changes one after another, and time each at every console."""
    _allow_sockets()
    with tempfile.TemporaryDirectory() as folder, RealServer(Path(folder) / "data") as server:
        process = psutil.Process(server.process.pid)
        # Sign in and compile every statement before anything is measured.
        session_id = server.owner.create_session()["id"]
        server.owner.post(f"/sessions/{session_id}/close").raise_for_status()
        alone = process.memory_info().rss
        with _consoles(server) as reports:
            from_request, from_answer = _changes(server, reports)
        used = process.memory_info().rss
    return [
        _latency("from the call's answer", from_answer),
        _latency("from the call itself", from_request),
        Result(
            f"server's memory with {CONSOLES} consoles",
            f"≤ {BUDGET_BYTES / 1e6:.0f} MB",
            f"{used / 1e6:.0f} MB ({alone / 1e6:.0f} MB without)",
            used <= BUDGET_BYTES,
        ),
    ]


def _latency(since: str, seconds: list[float]) -> Result:
    return Result(
        f"a change reaches {CONSOLES} consoles, {since}",
        f"p99 ≤ {BUDGET_S * 1000:.0f} ms",
        spread(seconds),
        percentile(seconds, 99) <= BUDGET_S,
    )


def _allow_sockets() -> None:
    """Allow this process and those that it starts a socket for each console."""
    if sys.platform == "win32":
        return  # Windows does not limit the number of sockets.
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONSOLES * 2 + 500
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard), hard))


@contextmanager
def _consoles(server: RealServer) -> Iterator[Iterator[dict[str, Any]]]:
    """Connect the consoles; yield their process's reports on each event, as they come."""
    place = urlsplit(server.url)
    words = [str(place.hostname), str(place.port), str(CONSOLES)]
    tokens = [server.sign_in().access_token for _ in range(SIGN_INS)]
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.consoles", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(tokens) + "\n")
        process.stdin.flush()
        reports = (json.loads(line) for line in process.stdout)
        assert next(reports) == {"consoles": CONSOLES}
        try:
            yield reports
        finally:
            process.kill()


def _changes(
    server: RealServer, reports: Iterator[dict[str, Any]]
) -> tuple[list[float], list[float]]:
    """Create and close sessions; return each console's delays in seconds.

    The first list counts from each request, the second from its answer.
    """
    from_request: list[float] = []
    from_answer: list[float] = []
    session_id = ""
    for number in range(CHANGES):
        asked = time.monotonic()
        if number % 2 == 0:
            session_id = server.owner.create_session(name=f"Customer {number}")["id"]
        else:
            server.owner.post(f"/sessions/{session_id}/close").raise_for_status()
        answered = time.monotonic()
        arrivals = next(reports)["arrivals"]
        from_request += [arrival - asked for arrival in arrivals]
        from_answer += [max(arrival - answered, 0.0) for arrival in arrivals]
    return from_request, from_answer
