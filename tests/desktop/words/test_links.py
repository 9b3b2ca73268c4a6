from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rescue_console.desktop.words.links import is_safe_link, pieces


def links(text: str) -> list[str]:
    return [piece.link for piece in pieces(text) if piece.link]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://help.example/a?b=1.", ["https://help.example/a?b=1"]),
        ("(http://a.example/x_(y))", ["http://a.example/x_(y)"]),
        ("« https://a.example »", ["https://a.example"]),
        (
            "HTTPS://A.example and http://b.example:8080/",
            ["HTTPS://A.example", "http://b.example:8080/"],
        ),
        ("file:///etc/passwd javascript:alert(1) smb://a", []),
        ("https://bank.example@evil.example/", []),
        ("https://a.example:99999/ https://[::1 https://", []),
        ("www.example.org", []),
    ],
)
def test_only_plain_web_addresses_are_links(text: str, found: list[str]) -> None:
    assert links(text) == found


def test_a_very_long_address_stays_text() -> None:
    assert links("https://a.example/" + "x" * 3_000) == []


@given(st.text())
def test_the_pieces_are_the_whole_text_and_every_link_is_safe(text: str) -> None:
    found = pieces(text)
    assert "".join(piece.text for piece in found) == text
    for piece in found:
        assert not piece.link or is_safe_link(piece.link)


@given(st.text(alphabet="htps:/.@#?[]()x1 "))
def test_a_link_has_a_host_and_no_user_name(text: str) -> None:
    for link in links(text):
        parts = urlsplit(link)
        assert parts.scheme in ("http", "https")
        assert parts.hostname
        assert "@" not in parts.netloc
