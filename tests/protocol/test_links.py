"""Links and PINs: what is built can be read back, and nothing else can."""

import string
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rescue_console.protocol.links import (
    LINK_PATH,
    LinkParts,
    build_link,
    group_digits,
    read_parts,
    read_pin,
)

KEY = "abcdefghijklmnopqrst-_"
codes = st.text("0123456789", min_size=6, max_size=12)
keys = st.text(string.ascii_letters + string.digits + "-_", min_size=22, max_size=22)


def test_the_link_has_the_form_that_mails_keep_forever() -> None:
    link = build_link("https://help.example", 2, "618689", KEY)
    assert link == f"https://help.example/Customer/Code.aspx?i=2&Code=618689&k={KEY}"


@given(codes, keys, st.sampled_from(["https://help.example", "http://[::1]:8080/"]))
def test_what_is_built_can_be_read_back(code: str, key: str, public_url: str) -> None:
    url = urlsplit(build_link(public_url, 3, code, key))
    query = parse_qs(url.query, strict_parsing=True)
    assert url.path == LINK_PATH
    assert read_parts(query["Code"][0], query["k"][0]) == LinkParts(code, key)


@pytest.mark.parametrize(
    ("code", "key"),
    [
        (None, KEY),
        ("618689", None),
        ("", ""),
        ("61868", KEY),
        ("6186891234567", KEY),
        ("618689\n", KEY),
        ("٦١٨٦٨٩", KEY),
        ("61868a", KEY),
        ("618689", KEY[:-1]),
        ("618689", KEY + "a"),
        ("618689", KEY + "\n"),
        ("618689", KEY[:-1] + "="),
        ("618689", KEY[:-1] + "é"),
    ],
)
def test_a_malformed_link_is_refused(code: str | None, key: str | None) -> None:
    assert read_parts(code, key) is None


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_makes_reading_fail(code: str, key: str) -> None:
    parts = read_parts(code, key)
    assert parts is None or (parts.code.isascii() and parts.code.isdigit())


@given(codes, st.lists(st.sampled_from([" ", ".", "-", "\u00a0", "\u202f", "\t"]), max_size=6))
def test_a_pin_may_be_typed_with_pauses(code: str, pauses: list[str]) -> None:
    typed = "".join(
        pauses[place] + digit if place < len(pauses) else digit for place, digit in enumerate(code)
    )
    assert read_pin(f" {typed} ") == code


@pytest.mark.parametrize(
    "typed",
    ["", "12345", "1234567890123", "abcdef", "123 456 x", "x٦١٨٦٨٩0123456", "+123456", "1" * 9_999],
)
def test_anything_but_a_pin_is_refused(typed: str) -> None:
    assert read_pin(typed) is None


@given(codes)
def test_a_code_can_be_typed_as_it_is_shown(code: str) -> None:
    shown = group_digits(code)
    assert read_pin(shown) == code
    assert " " not in shown


def test_a_code_is_shown_in_groups_that_can_be_read_aloud() -> None:
    assert group_digits("618689") == "618\u00a0689"
    assert group_digits("61868912") == "6186\u00a08912"
    assert group_digits("6186891") == "618\u00a0689\u00a01"
