"""Creating sessions through the API: how long one takes, and how many per second are possible."""

import http.client
import json
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.figures import spread
from benchmarks.result import Result
from tests.stage.servers.rescue_server import RealServer
from tests.stage.until import WAIT_S

ALONE = 200
CLIENTS = 8
EACH = 60


def measure() -> list[Result]:
    """Create sessions over one connection, then over several at once."""
    with tempfile.TemporaryDirectory() as folder, RealServer(Path(folder) / "data") as server:
        token = server.owner.access_token
        _create(server.url, token, 20)
        alone = _create(server.url, token, ALONE)
        began = time.monotonic()
        with ThreadPoolExecutor(CLIENTS) as pool:
            work = [pool.submit(_create, server.url, token, EACH) for _ in range(CLIENTS)]
            together = [seconds for done in work for seconds in done.result()]
        took_s = time.monotonic() - began
    return [
        Result("creating one session, nothing else going on", "", spread(alone), None),
        Result(
            f"sessions created over {CLIENTS} connections at once",
            "",
            f"{len(together) / took_s:.0f} a second; one: {spread(together)}",
            None,
        ),
    ]


def _create(url: str, token: str, count: int) -> list[float]:
    """Create *count* sessions one after another over one connection; return each one's seconds."""
    place = urlsplit(url)
    connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=WAIT_S)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    seconds = []
    for number in range(count):
        body = json.dumps({"method": "email", "name": f"Customer {number}", "language": "fr"})
        began = time.monotonic()
        connection.request("POST", "/api/v1/sessions", body, headers)
        answer = connection.getresponse()
        content = answer.read()
        seconds.append(time.monotonic() - began)
        assert answer.status == 201, content
    connection.close()
    return seconds
