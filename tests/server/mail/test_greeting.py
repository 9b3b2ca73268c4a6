"""How the server introduces itself, whatever the system says that the machine is called."""

import socket

import pytest

from rescue_console.server.mail.greeting import address_literal, own_name


@pytest.mark.parametrize(
    ("called", "greeting"),
    [
        ("mail.help.example", "mail.help.example"),
        ("mail.help.example.", "mail.help.example"),
        ("büro.help.example", "xn--bro-hoa.help.example"),
        ("büro-anna", None),
        ("pc-anna", None),
        ("anna_pc.help.example", None),
        ("-anna.help.example", None),
        ("PC of Anna.local", None),
        ("", None),
        ("b" * 64 + ".example", None),
        ("ü" * 64 + ".example", None),
        ("a..example", None),
        ("caf\udce9.example", None),
        ("line\r\nMAIL FROM:<x@y>.example", None),
    ],
)
def test_only_a_full_and_valid_name_is_used(
    monkeypatch: pytest.MonkeyPatch, called: str, greeting: str | None
) -> None:
    monkeypatch.setattr(socket, "getfqdn", lambda: called)
    assert own_name() == greeting


@pytest.mark.parametrize("error", [UnicodeError("label too long"), OSError("no name service")])
def test_a_name_that_the_system_cannot_tell_is_none(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail() -> str:
        raise error

    monkeypatch.setattr(socket, "getfqdn", fail)
    assert own_name() is None


@pytest.mark.parametrize(
    ("sockname", "literal"),
    [
        (("192.0.2.7", 40000), "[192.0.2.7]"),
        (("2001:db8::7", 40000, 0, 0), "[IPv6:2001:db8::7]"),
        (("fe80::1%eth0", 40000, 0, 2), "[IPv6:fe80::1]"),
        (None, "[127.0.0.1]"),
    ],
)
def test_the_connections_own_address_stands_in(sockname: object, literal: str) -> None:
    assert address_literal(sockname) == literal
