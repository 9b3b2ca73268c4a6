"""Behind a reverse proxy: its headers count if it is trusted, and only then."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
import requests

from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import RealServer

TRIES = 20
"""How many wrong PINs one network may send in a quarter of an hour."""


@pytest.fixture(scope="module")
@starts_programs
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, RealServer]]:
    """One server that trusts these tests as its proxy, and one that trusts another address."""
    with ExitStack() as stack:
        yield {
            trusted: stack.enter_context(
                RealServer(
                    tmp_path_factory.mktemp("proxy") / "data",
                    "--trusted-proxies",
                    trusted,
                    "--metrics-from",
                    "192.0.2.0/24",
                )
            )
            for trusted in ("127.0.0.0/8", "192.0.2.7")
        }


@pytest.fixture
def trusting(servers: dict[str, RealServer]) -> RealServer:
    return servers["127.0.0.0/8"]


@pytest.fixture
def wary(servers: dict[str, RealServer]) -> RealServer:
    return servers["192.0.2.7"]


def guess(server: RealServer, address: str) -> int:
    """Type a wrong PIN as somebody at *address* would through a proxy."""
    headers = {"X-Forwarded-For": address}
    body = {"code": "000000"}
    answer = server.asker().post(f"{server.url}/Customer/Pin", data=body, headers=headers)
    return answer.status_code


def join_over_https(server: RealServer) -> requests.Response:
    link = server.owner.create_session()["link"]
    code, key = (part.partition("=")[2] for part in link.split("&")[-2:])
    return server.asker().post(
        f"{server.url}/Customer/Join",
        data={"code": code, "key": key},
        headers={"X-Forwarded-Proto": "https"},
        allow_redirects=False,
    )


def test_guesses_count_against_the_address_that_a_trusted_proxy_reports(
    trusting: RealServer,
) -> None:
    for _ in range(TRIES):
        assert guess(trusting, "203.0.113.5") == 422
    assert guess(trusting, "203.0.113.5") == 429
    assert guess(trusting, "198.51.100.7") == 422
    # An address that the customer's side puts in front changes nothing.
    assert guess(trusting, "198.51.100.9, 203.0.113.5") == 429


def test_guesses_count_against_an_untrusted_peer_whatever_it_reports(wary: RealServer) -> None:
    for number in range(TRIES):
        assert guess(wary, f"203.0.{number}.5") == 422
    assert guess(wary, "198.51.100.7") == 429


def test_cookies_are_for_https_when_a_trusted_proxy_says_so(trusting: RealServer) -> None:
    joined = join_over_https(trusting)
    assert "Secure" in joined.headers["set-cookie"]
    assert "strict-transport-security" in joined.headers


def test_an_untrusted_peer_is_not_believed_about_https(wary: RealServer) -> None:
    joined = join_over_https(wary)
    assert "Secure" not in joined.headers["set-cookie"]
    assert "strict-transport-security" not in joined.headers


def test_metrics_are_for_loopback_and_the_named_networks(
    trusting: RealServer, wary: RealServer
) -> None:
    def status(server: RealServer, address: str) -> int:
        headers = {"X-Forwarded-For": address}
        return server.asker().get(f"{server.url}/metrics", headers=headers).status_code

    assert status(trusting, "192.0.2.200") == 200
    assert status(trusting, "203.0.113.77") == 403
    assert status(trusting, "not an address") == 403
    assert status(wary, "203.0.113.77") == 200
    text = wary.asker().get(f"{wary.url}/metrics").text
    assert "rescue_requests_total" in text
    assert "rescue_mail_attempts" in text
    assert "process_open_fds" in text


@pytest.mark.starts_programs
def test_a_proxy_on_this_machine_that_nobody_has_named_is_warned_of_once(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("proxy")
    with RealServer(folder / "data", make_owner=False) as server:
        asker = server.asker()
        asker.get(f"{server.url}/healthz")
        assert "--trusted-proxies" not in server.log_text()
        for _ in range(3):
            asker.get(f"{server.url}/healthz", headers={"X-Forwarded-For": "203.0.113.5"})
        server.stop()
        assert server.log_text().count("--trusted-proxies") == 1


def test_a_trusted_proxy_is_not_warned_of(trusting: RealServer) -> None:
    guess(trusting, "203.0.113.99")
    guess(trusting, "127.0.0.1")
    assert "--trusted-proxies" not in trusting.log_text()
