"""Names and addresses, typed by hostile people and by clumsy ones."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rescue_console.protocol.limits import ADDRESS_MAX, NAME_MAX
from rescue_console.protocol.text import TextRefused, check_address, clean_name

JOINERS = "\u200c\u200d"
_PIECES = st.sampled_from(
    [
        *"\r\n\t\v\f\0\x1b\x7f\x85\xa0\u2028\u2029\u3000",
        *"\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\u00ad",
        *"\ue000\ufffe\U000e0001\U0010ffff",
        "<script>alert(1)</script>",
        "{link}",
        "{{name}}",
        "%0d%0aBcc: x",
        "e\u0301",
        "\u0301",
        "\u212b",
        "👩‍💻",
        "می‌خواهم",
        "Ada Lovelace",
    ]
)
hostile = st.lists(st.one_of(_PIECES, st.text(max_size=8)), max_size=12).map("".join)


def cleaned(text: str) -> str:
    try:
        return clean_name(text)
    except TextRefused:
        return ""


@given(hostile)
def test_a_clean_name_holds_no_control_characters(text: str) -> None:
    for character in cleaned(text):
        assert character in JOINERS or unicodedata.category(character)[0] != "C"
        assert character == " " or not character.isspace()


@given(hostile)
def test_a_clean_name_has_single_spaces_and_no_stray_joiners(text: str) -> None:
    name = cleaned(text)
    assert name == " ".join(name.split())
    assert not any(word[0] in JOINERS or word[-1] in JOINERS for word in name.split())


@given(hostile)
def test_a_clean_name_is_empty_or_visible(text: str) -> None:
    name = cleaned(text)
    visible = [character for character in name if unicodedata.category(character)[0] not in "CZM"]
    assert not name or visible


@given(hostile)
def test_cleaning_a_clean_name_changes_nothing(text: str) -> None:
    name = cleaned(text)
    assert clean_name(name) == name
    assert len(name) <= NAME_MAX


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Ada \t Lovelace\n", "Ada Lovelace"),
        ("Ada\r\nBcc: victim@example.org", "Ada Bcc: victim@example.org"),
        ("Ada\u202eecalevoL", "AdaecalevoL"),
        ("<b>Ada</b> {link} & co", "<b>Ada</b> {link} & co"),
        ("e\u0301lodie", "élodie"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("\u200dAda\u200c Lovelace\u200d", "Ada Lovelace"),
        ("\0\x1b[31mred", "[31mred"),
        ("\u200b\u200d \u3000", ""),
        ("\u0301\u0302", ""),
        ("", ""),
    ],
)
def test_a_name_keeps_its_letters_and_loses_what_deceives(typed: str, name: str) -> None:
    assert clean_name(typed) == name


def test_a_name_may_be_as_long_as_the_limit_and_no_longer() -> None:
    assert clean_name("é" * NAME_MAX) == "é" * NAME_MAX
    with pytest.raises(TextRefused, match="201 characters; at most 200"):
        clean_name("é" * (NAME_MAX + 1))


def test_a_name_of_ten_thousand_characters_is_refused_with_its_length() -> None:
    with pytest.raises(TextRefused, match="10000 characters"):
        clean_name("x" * 10_000)


def test_ten_thousand_invisible_characters_around_a_name_do_no_harm() -> None:
    assert clean_name("\u200b" * 10_000 + "Ada") == "Ada"


@pytest.mark.parametrize(
    "address",
    [
        "ada@example.org",
        "ada.lovelace+help@mail.example.org",
        "a!#$%&'*+/=?^_`{|}~-z@example.org",
        "postmaster@localhost",
        "info@bücher.example",
        "info@xn--bcher-kva.example",
        f"{'a' * 64}@example.org",
    ],
)
def test_an_ordinary_address_is_kept_as_typed(address: str) -> None:
    assert check_address(f"  {address} ") == address


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "Type an e-mail address"),
        ("   ", "Type an e-mail address"),
        ("ada", "no @"),
        ("@example.org", "before the @"),
        ("ada@", "after the @"),
        ("ada@example", "lacks a dot"),
        ("ada@example..org", "after the @"),
        ("ada@-example.org", "after the @"),
        ("ada@example-.org", "after the @"),
        ("ada@exa mple.org", "after the @"),
        ("ada@example.org..x", "after the @"),
        ("ada@example.org\r\nBcc: victim@example.org", "before the @"),
        ("ada@example.org\nx", "after the @"),
        ("ada\0@example.org", "before the @"),
        (".ada@example.org", "before the @"),
        ("ada..l@example.org", "before the @"),
        ("ada l@example.org", "before the @"),
        ('"ada l"@example.org', "before the @"),
        ("Ada <ada@example.org> <bob@example.org>", "before the @"),
        ("ada@example.org, bob@example.org", "before the @"),
        ("ada@example.org;bob@example.org", "before the @"),
        ("élise@example.org", "before the @"),
        ("ada@exa\u202emple.org", "after the @"),
        ("ada@[192.0.2.1]", "after the @"),
        (f"{'a' * 65}@example.org", "before the @"),
        (f"ada@{'a' * 64}.org", "after the @"),
        (f"ada@{'a.' * 130}org", "longer than 254"),
        ("a" * 10_000, "longer than 254"),
    ],
)
def test_anything_but_one_address_is_refused_with_the_reason(typed: str, reason: str) -> None:
    with pytest.raises(TextRefused, match=reason):
        check_address(typed)


@given(hostile, hostile)
def test_an_accepted_address_cannot_break_a_header(local: str, domain: str) -> None:
    try:
        address = check_address(f"{local}@{domain}")
    except TextRefused:
        return
    assert check_address(address) == address
    assert len(address) <= ADDRESS_MAX
    assert not any(character.isspace() or character in '<>,;:"()[]\\' for character in address)
    assert not any(unicodedata.category(character)[0] == "C" for character in address)


@given(st.emails())
def test_addresses_from_the_wild_are_kept_letter_for_letter(address: str) -> None:
    try:
        assert check_address(address) == address
    except TextRefused:
        # Local parts may start with characters that no mailbox has; the domain is always fine.
        assert check_address(f"ada@{address.rpartition('@')[2]}")
