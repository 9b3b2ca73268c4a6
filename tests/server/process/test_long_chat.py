"""A chat of any length is read without filling the server's memory."""

import json
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
import requests
from websockets.sync.client import connect
from websockets.typing import Origin

from rescue_console.protocol.limits import CHAT_MAX, CHAT_PAGE_BYTES, PAGE_SIZE_MAX
from tests.stage.servers.rescue_server import RealServer
from tests.stage.until import WAIT_S

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

MESSAGES = 6_000
"""As a version without limits could have kept them: 72 MB, of which 180 MB were made to read."""
GROWTH_MAX = 30_000_000


def test_a_chat_that_was_kept_without_limits_is_read_in_pages(data: Path) -> None:
    with RealServer(data, make_owner=False) as server:
        session = server.owner.create_session()
        cookie = join(server, session["link"])
        assert server.owner.post(f"/sessions/{session['id']}/start").ok
        fill(data, session["id"])
        server.owner.get("/me")
        before = peak_bytes(server)
        path = f"/sessions/{session['id']}/chat"
        for asked in ({}, {"after": 0}, {"after": 0, "limit": PAGE_SIZE_MAX}, {"before": 5_000}):
            answer = server.owner.get(path, params=asked)
            assert answer.status_code == 200
            assert answer.json()["more"]
            assert len(answer.content) < 2 * CHAT_PAGE_BYTES
        for in_pages in (True, False):
            assert open_page(server, cookie, in_pages=in_pages) < 2 * CHAT_PAGE_BYTES
        assert peak_bytes(server) - before < GROWTH_MAX


def join(server: RealServer, link: str) -> str:
    """Join as the customer of a link; return the browser's cookie."""
    code, key = re.findall(r"Code=(\d+)&k=([\w-]+)", link)[0]
    answer = requests.post(
        f"{server.url}/Customer/Join",
        data={"code": code, "key": key},
        headers={"Origin": server.url},
        allow_redirects=False,
        timeout=WAIT_S,
    )
    return f"rescue_customer={answer.cookies['rescue_customer']}"


def fill(data: Path, session_id: str) -> None:
    """Write the messages past the server."""
    rows = ((session_id, "€" * CHAT_MAX, f"c:{number}") for number in range(MESSAGES))
    with closing(sqlite3.connect(data / "rescue.sqlite3", timeout=WAIT_S)) as database:
        database.executemany(
            "INSERT INTO chat_messages (session_id, at, technician_id, name, text, key)"
            " VALUES (?, 0, NULL, 'C', ?, ?)",
            rows,
        )
        database.commit()


def open_page(server: RealServer, cookie: str, *, in_pages: bool) -> int:
    """Open a customer's page; return how many bytes of chat it is told before the state."""
    url = f"{server.url.replace('http', 'ws', 1)}/Customer/Live"
    with connect(
        url,
        origin=Origin(server.url),
        additional_headers={"Cookie": cookie},
        proxy=None,
        max_size=None,
    ) as socket:
        socket.send(json.dumps({"kind": "open", "chat_pages": in_pages}))
        size = 0
        while json.loads(told := socket.recv(WAIT_S))["kind"] != "state":
            size += len(told.encode() if isinstance(told, str) else told)
        return size


def peak_bytes(server: RealServer) -> int:
    """Return the most memory that the process has used so far."""
    status = Path(f"/proc/{server.process.pid}/status").read_text("utf-8")
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) * 1_024
