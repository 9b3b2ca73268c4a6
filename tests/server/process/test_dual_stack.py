"""A server on ``::``: whoever calls over IPv4 is an IPv4 caller, for proxies, metrics and counters.

The networks of this machine's loopback stand for those of different customers.
"""

import ast
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from requests.adapters import HTTPAdapter

from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import OWNER_EMAIL, OWNER_PASSWORD, RealServer

FILTER = Path(__file__).parents[3] / "deploy" / "fail2ban" / "rescue-server.conf"
PROXY, STRANGER, CUSTOMER = "127.0.0.7", "127.1.0.1", "127.2.0.1"


class From(HTTPAdapter):
    """Calls from one address of this machine."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def init_poolmanager(self, *args: object, **more: object) -> None:
        more["source_address"] = (self._address, 0)
        super().init_poolmanager(*args, **more)  # type: ignore[arg-type]


@pytest.fixture
@starts_programs
def server(tmp_path: Path) -> Iterator[RealServer]:
    """A server for both families, behind one proxy."""
    options = ("--host", "::", "--trusted-proxies", PROXY)
    with RealServer(tmp_path / "data", *options) as server:
        yield server


def call(
    server: RealServer, method: str, path: str, address: str, **more: object
) -> requests.Response:
    """Ask the server from *address*, straight."""
    port = server.url.rpartition(":")[2]
    with requests.Session() as session:
        session.trust_env = False
        session.mount("http://", From(address))
        answer: requests.Response = session.request(  # type: ignore[no-untyped-call, unused-ignore]
            method,
            f"http://127.0.0.1:{port}{path}",
            allow_redirects=False,
            **more,  # type: ignore[arg-type]
        )
    return answer


def guess(server: RealServer, address: str, forwarded: str = "") -> int:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    body = {"code": "000000000000"}
    return call(server, "POST", "/Customer/Pin", address, data=body, headers=headers).status_code


def test_customers_over_ipv4_do_not_count_as_one(server: RealServer) -> None:
    for _ in range(20):
        assert guess(server, STRANGER) == 422
    assert guess(server, STRANGER) == 429
    assert guess(server, CUSTOMER) == 422
    # The same customer through a proxy, or through a gateway from IPv6, is the same one.
    for spelt in (STRANGER, f"::ffff:{STRANGER}", f"[::ffff:{STRANGER}]:4711", f"{STRANGER}:4711"):
        assert guess(server, PROXY, spelt) == 429, spelt
    assert guess(server, PROXY, "203.0.113.9") == 422
    assert guess(server, STRANGER, "203.0.113.10") == 429, "only the proxy is believed"


def test_metrics_and_https_are_as_the_options_say(server: RealServer) -> None:
    assert call(server, "GET", "/metrics", "127.0.0.1").status_code == 200
    told = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
    assert call(server, "GET", "/metrics", PROXY, headers=told).status_code == 403
    for address, secure in ((PROXY, True), (STRANGER, False)):
        answer = call(server, "GET", "/?lang=fr", address, headers=told)
        assert ("strict-transport-security" in answer.headers) is secure, address


def found_by_fail2ban(log: Path) -> list[str]:
    """Return whom the real fail2ban finds in *log*, on a machine with another time zone."""
    found = subprocess.run(
        ["fail2ban-regex", "--out", "row", log, FILTER],
        env=os.environ | {"TZ": "America/New_York"},
        capture_output=True,
        text=True,
        check=True,
    )
    rows = ast.literal_eval(f"[{found.stdout}]")
    assert all(abs(time.time() - at) < 600 for _, at, _ in rows), "a time is read wrongly"
    return [address for address, _, _ in rows]


def test_fail2ban_finds_whoever_guesses_and_nobody_else(server: RealServer) -> None:
    def sign_in(email: str, password: str, address: str) -> int:
        told = {"X-Forwarded-For": address}
        body = {"email": email, "password": password}
        path = "/api/v1/auth/token"
        return call(server, "POST", path, PROXY, json=body, headers=told).status_code

    decoy = '"said": "Sign-in refused", "address": "192.0.2.66"'
    assert sign_in(OWNER_EMAIL, "wrong", "203.0.113.9") == 401
    assert sign_in(OWNER_EMAIL, "wrong", "2001:db8::7") == 401
    assert sign_in(decoy, decoy, "203.0.113.10") == 401
    assert sign_in(f'"{decoy}"@help.example', decoy, "203.0.113.11") == 401
    assert sign_in(OWNER_EMAIL, OWNER_PASSWORD, "198.51.100.1") == 200
    assert guess(server, PROXY, "203.0.113.12") == 422
    [pattern] = re.findall(r"^failregex = (.*)$", FILTER.read_text("utf-8"), re.MULTILINE)
    shut_out = [
        found[1]
        for line in server.log_text().splitlines()
        if (found := re.search(pattern.replace("<ADDR>", r"([0-9a-f.:]+)"), line))
    ]
    assert shut_out == [
        "203.0.113.9",
        "2001:db8::7",
        "203.0.113.10",
        "203.0.113.11",
        "203.0.113.12",
    ]
    if shutil.which("fail2ban-regex"):
        assert found_by_fail2ban(server.log_path) == shut_out
    refused = [line for line in server.log_records() if line["said"] == "Sign-in refused"]
    assert [line["account"] for line in refused[:2]] == [OWNER_EMAIL, OWNER_EMAIL]
