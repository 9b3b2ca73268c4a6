"""What keyboards, mail programs, gateways and messengers put around PINs, addresses and links."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rescue_console.protocol.links import LinkParts, build_link, read_link, read_pin
from rescue_console.protocol.pasted import bare, bare_address, unpacked
from rescue_console.protocol.text import TextRefused, check_address

KEY = "3Dcdefghijklmnopqrst-_"
LINK = build_link("https://help.example", 2, "618689", KEY)
PARTS = LinkParts("618689", KEY)
ZEROS = [0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xE50, 0x17E0, 0xFF10, 0x1D7CE, 0x1E950, 0x1FBF0]
"""The digit nought of scripts and styles from ASCII to Adlam."""
AROUND = [
    "{}", " {} ", "{}\r\n", "\t{}", "\ufeff{}", "{}\u200b", "\u200e{}\u200e", "\u200f{}",
    "\u2068{}\u2069", "\u202d{}\u202c", "\u2066{}\u2069.", "{}\u00ad", "\u2060{}\u2060",
    "{}.", "{},", "({})", "“{}”", "«\u00a0{}\u00a0»", "\u3000{}\u3000", "{}\u2028",
]  # fmt: skip


def in_digits(code: str, zero: int) -> str:
    return "".join(chr(zero + int(digit)) for digit in code)


@pytest.mark.parametrize("zero", ZEROS, ids=hex)
def test_a_pin_may_be_typed_in_any_script(zero: int) -> None:
    typed = in_digits("618689", zero)
    assert read_pin(typed) == "618689"
    assert read_pin(f"\u2067{typed[:3]}\u3000{typed[3:]}\u2069") == "618689"


@pytest.mark.parametrize(
    "between",
    [*" .-,·_•'’−ー،。、．", "\u00a0", "\u202f", "\u2009", "\u2013", "\u2014", "\u2011", "\uff0d",
     "\u3000", "\u200b", "\u00ad", "\u200e", " - ", "\r\n", "\u0308", "\ufe0f\u20e3"],
    ids=ascii,
)  # fmt: skip
def test_a_pin_may_have_anything_between_its_groups_that_is_no_digit(between: str) -> None:
    assert read_pin(f"618{between}689") == "618689"


@pytest.mark.parametrize("around", AROUND, ids=ascii)
def test_a_pin_may_be_pasted_with_what_is_around_it(around: str) -> None:
    assert read_pin(around.format("618689")) == "618689"


@pytest.mark.parametrize(
    "typed",
    ["PIN: 618 689", "PIN-618689", "#618689", "№ 618689", "Votre code PIN est 618\u202f689.",
     "ＰＩＮコード：６１８６８９", "الرمز: ٦١٨٦٨٩", "Code = 618-689!", "6️⃣1️⃣8️⃣6️⃣8️⃣9️⃣", "⑥①⑧⑥⑧⑨"],
)  # fmt: skip
def test_a_pin_may_have_words_in_front(typed: str) -> None:
    assert read_pin(typed) == "618689"


@pytest.mark.parametrize(
    "typed",
    ["PIN 2: 618689", "+33 6 18 68 91", "618689 or 618690x", "61868", "PIN", "\0" * 200,
     "x" * 125 + "618689", "一二三四五六"],
)  # fmt: skip
def test_what_may_mean_something_else_is_no_pin(typed: str) -> None:
    assert read_pin(typed) is None


@pytest.mark.parametrize("around", AROUND, ids=ascii)
def test_an_address_may_be_pasted_with_what_is_around_it(around: str) -> None:
    assert check_address(around.format("anna@example.org")) == "anna@example.org"


@pytest.mark.parametrize(
    "pasted",
    ["Anna Example <anna@example.org>", "<anna@example.org>", '"Example, Anna" <anna@example.org>;',
     "mailto:anna@example.org", "MAILTO:anna@example.org?subject=Help%20me", "anna@example.org;",
     "anna＠example.org", "ａｎｎａ＠ｅｘａｍｐｌｅ．ｏｒｇ", "an\u00adna@exam\u200bple.org",
     "anna@example.org<mailto:anna@example.org>", "Anna Example [mailto:anna@example.org]",
     "<mailto:anna@example.org|anna@example.org>", "[anna@example.org](mailto:anna@example.org)",
     "anna @ example.org", "'anna@example.org'", "Anna \u2068<anna@example.org>\u2069",
     "anna%40example.org".join(["mailto:", ""]), "**anna@example.org**"],
)  # fmt: skip
def test_an_address_is_found_in_what_programs_make_of_it(pasted: str) -> None:
    assert check_address(pasted).lower() == "anna@example.org"


@pytest.mark.parametrize(
    "pasted",
    ["Anna (bob@example.org) <anna@example.org>", "<anna@example.org> <bob@example.org>",
     "anna@example.org <bob@example.org>", "anna b@example.org", "anna@exa\u202emple.org",
     "anna@example.org\nbob@example.org", "mailto:anna@example.org,bob@example.org",
     "mailto:anna@example.org%0D%0ABcc:bob@example.org", "anna@example.org\r\nBcc: x@example.org"],
)  # fmt: skip
def test_two_addresses_and_what_deceives_stay_refused(pasted: str) -> None:
    with pytest.raises(TextRefused):
        check_address(pasted)


def test_marks_that_a_script_needs_stay_in_an_address() -> None:
    assert check_address("ali@نامه\u200cای.example") == "ali@نامه\u200cای.example"
    assert check_address("ali\u200c@exam\u200dple.org") == "ali@example.org"


@pytest.mark.parametrize(
    "pasted",
    [
        *(around.format(LINK) for around in AROUND),
        f"Please click {LINK}. Thank you!",
        f"<{LINK}>",
        f"_{LINK}_",
        LINK.replace("&", "&amp;"),
        LINK.replace("=", "=3D"),
        f"{LINK[:60]}=\r\n{LINK[60:]}",
        *(f"{LINK[:cut]}\r\n{LINK[cut:]}" for cut in range(10, len(LINK))),
        f"> {LINK[:50]}\n> {LINK[50:]}",
        f"{LINK[:70]} {LINK[70:]}",
        f"{LINK}&utm_source=mail#top",
        f"https://gate.example/?url={quote(LINK, safe='')}&data=05%7C02%7Cx&k=7",
        f"https://gate.example/a?u={quote(quote(LINK, safe=''), safe='')}",
        f"https://gate.example/v3/__{LINK}__;!!AbC-xyz$",
        f"{LINK}<{LINK}>",
        "\u200b".join(LINK),
    ],
    ids=ascii,
)
def test_a_link_is_read_whatever_was_done_to_it(pasted: str) -> None:
    assert read_link(pasted) == PARTS


@pytest.mark.parametrize(
    "pasted",
    ["", LINK[:-1], f"{LINK}a", f"{LINK} {LINK.replace('618689', '618690')}", "k=" + KEY, "618689",
     LINK.replace("k=", "ik="), LINK.replace("618689", "٦١٨٦٨٩"), LINK + " " * 9_000],
    ids=lambda text: ascii(text[:90]),
)  # fmt: skip
def test_what_is_no_whole_link_is_none(pasted: str) -> None:
    assert read_link(pasted) is None


@given(st.text(max_size=200))
def test_no_text_makes_reading_fail_and_what_is_bare_stays(text: str) -> None:
    read_link(text)
    read_pin(text)
    unpacked(text)
    assert bare(bare(text)) == bare(text)


@pytest.mark.parametrize("piece", ["<a@", "(", "%25", "&amp;", "\n>", "@", "=\r\n", " ", "é\u200d"])
def test_long_texts_take_no_long_time(piece: str) -> None:
    text = piece * (8_000 // len(piece))
    bare_address(text)
    read_link(text)
    unpacked(text)
