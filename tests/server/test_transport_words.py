"""What is said of the way that requests come: a proxy through which everybody looks like one."""

from typing import Any

import pytest

from rescue_console.server.transport_words import with_proxy_warning

FORWARDED_FOR = {b"x-forwarded-for": b"203.0.113.9"}


async def warnings(
    caplog: pytest.LogCaptureFixture,
    peer: str | None,
    headers: dict[bytes, bytes],
    trusted: list[str],
    kind: str = "http",
) -> list[str]:
    """Return what the log says after three requests."""

    async def route(_scope: Any, _receive: Any, _send: Any) -> None:
        return

    scope: Any = {
        "type": kind,
        "client": (peer, 4_711) if peer else None,
        "headers": list(headers.items()),
    }
    nothing: Any = None
    app = with_proxy_warning(route, trusted)
    for _ in range(3):
        await app(scope, nothing, nothing)
    return caplog.messages


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.0.1", "::1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("header", [b"x-forwarded-for", b"forwarded"])
@pytest.mark.parametrize("trusted", [[], ["192.0.2.7"], ["2001:db8::/32", "10.0.0.0/8"]])
async def test_a_proxy_on_this_machine_that_is_not_trusted_is_warned_of_once(
    caplog: pytest.LogCaptureFixture, peer: str, header: bytes, trusted: list[str]
) -> None:
    [said] = await warnings(caplog, peer, {header: b"for=203.0.113.9"}, trusted)
    assert "--trusted-proxies" in said


@pytest.mark.parametrize(
    ("peer", "headers", "trusted"),
    [
        ("127.0.0.1", {}, []),
        ("127.0.0.1", FORWARDED_FOR, ["127.0.0.1"]),
        ("::ffff:127.0.0.1", FORWARDED_FOR, ["127.0.0.0/8"]),
        ("127.0.0.1", {b"x-forwarded-for": b"127.0.0.1"}, ["::ffff:127.0.0.1"]),
        # A program on this machine, which asks for itself.
        ("127.0.0.1", {}, ["127.0.0.1"]),
        # A customer's own proxy.
        ("203.0.113.9", FORWARDED_FOR, []),
        ("203.0.113.9", {b"via": b"1.1 squid"}, ["127.0.0.1"]),
        ("64:ff9b::127.0.0.1", FORWARDED_FOR, []),
        (None, FORWARDED_FOR, []),
        ("", FORWARDED_FOR, []),
    ],
)
async def test_nothing_else_is_warned_of(
    caplog: pytest.LogCaptureFixture,
    peer: str | None,
    headers: dict[bytes, bytes],
    trusted: list[str],
) -> None:
    assert not await warnings(caplog, peer, headers, trusted)
    assert not await warnings(caplog, peer, headers, trusted, kind="websocket")


@pytest.mark.parametrize(
    "headers",
    [
        {b"x-forwarded-proto": b"https"},
        {b"x-real-ip": b"203.0.113.9"},
        {b"forwarded": b"for=203.0.113.9"},
        {b"via": b"1.1 proxy", b"x-forwarded-for": b" "},
    ],
)
async def test_a_trusted_proxy_that_does_not_say_for_whom_it_asks_is_warned_of_once(
    caplog: pytest.LogCaptureFixture, headers: dict[bytes, bytes]
) -> None:
    [said] = await warnings(caplog, "::ffff:127.0.0.1", headers, ["127.0.0.1"])
    assert "X-Forwarded-For" in said
