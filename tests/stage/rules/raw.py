"""Requests that are sent exactly as written: other clients normalize paths first."""

import contextlib
import http.client
import json
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from rescue_console.protocol.problems import PROBLEM_BASE
from tests.stage.until import WAIT_S


class Answer(NamedTuple):
    """A server's answer; header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def word(self) -> str:
        """The problem word of this answer; fails if the answer is not a problem."""
        assert self.headers["content-type"] == "application/problem+json", self
        made = json.loads(self.body)
        assert made["status"] == self.status, self
        assert made["title"], self
        assert made["detail"], self
        word: str = made["type"]
        assert word.startswith(PROBLEM_BASE), self
        return word.removeprefix(PROBLEM_BASE)


def ask(
    url: str,
    method: str,
    path: str,
    *,
    token: str = "",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Send one request to the server at *url* and return its answer."""
    parts = urlsplit(url)
    assert parts.hostname
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=WAIT_S)
    all_headers = {"Authorization": f"Bearer {token}"} if token else {}
    with contextlib.closing(connection):
        connection.request(method, path, body, all_headers | dict(headers or {}))
        answer = connection.getresponse()
        names = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, names, answer.read())
