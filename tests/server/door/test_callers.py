"""The door: whom the routes see, whatever stands between."""

from typing import Any

import pytest

from rescue_console.server.door.callers import open_door


async def seen(
    peer: str | None, forwarded: list[str], trusted: list[str], kind: str = "http"
) -> str | None:
    """Return the address that a route sees."""
    scopes: list[Any] = []

    async def route(scope: Any, _receive: Any, _send: Any) -> None:
        scopes.append(scope)

    scope: Any = {
        "type": kind,
        "scheme": "http",
        "client": (peer, 4_711) if peer else None,
        "headers": [(b"x-forwarded-for", value.encode("latin1")) for value in forwarded],
    }
    nothing: Any = None
    await open_door(route, trusted)(scope, nothing, nothing)
    return scopes[0]["client"][0] if scopes[0]["client"] else None


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("proxy", ["127.0.0.1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("named", ["127.0.0.1", "127.0.0.0/8", "::ffff:127.0.0.1"])
async def test_a_proxy_is_known_however_either_side_spells_it(
    kind: str, proxy: str, named: str
) -> None:
    assert await seen(proxy, ["203.0.113.9"], [named], kind) == "203.0.113.9"


@pytest.mark.parametrize(
    ("reported", "address"),
    [
        ("203.0.113.9:40001", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("[::ffff:203.0.113.9]:40001", "203.0.113.9"),
        ("64:ff9b::203.0.113.9", "203.0.113.9"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ('"[2001:db8::1]"', "2001:db8::1"),
        ("2001:DB8:0::1", "2001:db8::1"),
        # What the customer's side puts in front counts for nothing.
        ("198.51.100.1, 203.0.113.9", "203.0.113.9"),
        # A second proxy, spelt as an IPv6 listener sees it.
        ("203.0.113.9, ::ffff:127.0.0.1", "203.0.113.9"),
    ],
)
async def test_what_a_trusted_proxy_reports_is_made_plain(reported: str, address: str) -> None:
    assert await seen("127.0.0.1", [reported], ["127.0.0.1"]) == address


async def test_nobody_else_is_believed() -> None:
    assert await seen("::ffff:203.0.113.7", ["127.0.0.1"], ["127.0.0.1"]) == "203.0.113.7"
    assert await seen("203.0.113.7", ["127.0.0.1"], []) == "203.0.113.7"
    assert await seen("64:ff9b::127.0.0.1", ["198.51.100.1"], ["127.0.0.1"]) == "64:ff9b::7f00:1"
    assert await seen(None, ["127.0.0.1"], []) is None


async def test_several_headers_are_one_list() -> None:
    assert await seen("127.0.0.1", ["198.51.100.1", "203.0.113.9"], ["127.0.0.1"]) == "203.0.113.9"
