"""Text from outside is shown without anything that hides, deceives or moves what is around it."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rescue_console
from rescue_console.protocol.foreign_text import JOINERS, REORDERING, line, paragraphs

ANYTHING = st.text(alphabet=st.characters(codec=None))
NEWER_EMOJI = "\U0001fae8"
"""Unicode 15 has it; the tables of older Pythons do not."""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  Jean\r\n\u202eDupont\t!", "Jean Dupont !"),
        ("Ma\u202erie\x00\n Du\u200bpont\t", "Marie Dupont"),
        ("a\u2028b\u2029c\x85d\x0be", "a b c d e"),
        ("x\u200e\u200f\u061c\ufeff\u00ad\u2060\U000e0041y", "xy"),
        ("x\ufffc\ue000\ufdd0\uffff\ud800y", "xy"),
        ("Access\ndenied\x1b[2J", "Access denied [2J"),
        ("14\u00a0h\u3000 05", "14 h 05"),
        ("👩\u200d💻 می\u200cخواهم", "👩\u200d💻 می\u200cخواهم"),
        ("\u200d a\u200c \u200db", "a b"),
        ("<b>a</b> & {0}", "<b>a</b> & {0}"),
        ("", ""),
        (" \u200b\u202e\n", ""),
    ],
)
def test_a_line_keeps_only_what_can_be_seen(text: str, shown: str) -> None:
    assert line(text) == shown


@given(ANYTHING)
def test_a_line_holds_no_control_characters(text: str) -> None:
    shown = line(text)
    assert shown == " ".join(shown.split())
    for character in shown:
        assert character in JOINERS or unicodedata.category(character)[0] != "C"
        assert character != "\ufffc"
        assert character == " " or not character.isspace()
    assert line(shown) == shown


@given(ANYTHING)
def test_a_line_without_joiners_holds_none(text: str) -> None:
    assert not set(line(text, joiners=False)) & set(JOINERS)
    assert line(text, joiners=False).isprintable()


@given(ANYTHING, st.integers(2, 50))
def test_a_line_is_no_longer_than_allowed(text: str, most: int) -> None:
    assert len(line(text, most)) <= most


def test_a_line_that_was_cut_ends_in_an_ellipsis() -> None:
    assert line("x" * 100_000, 5) == "xxxx…"
    assert line("12345", 5) == "12345"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one\r\ntwo\rthree\u2028four\x0bfive", "one\ntwo\nthree\nfour\nfive"),
        ("a\tb", "a\tb"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\x00\x07\x1b[31m\x7f", "[31m"),
        ("\u2066x\u2069\ufffc\ue000\ud800", "x"),
        ("🏴\U000e0067\U000e007f \u200fשלום", "🏴\U000e0067\U000e007f \u200fשלום"),
        ("\ufdd0\uffff\U0001ffff", ""),
    ],
)
@pytest.mark.parametrize("newer", [False, True])
def test_paragraphs_keep_their_lines_and_what_scripts_need(
    text: str, shown: str, newer: bool
) -> None:
    assert paragraphs(text, newer=newer) == shown


@given(ANYTHING)
def test_paragraphs_hold_nothing_that_deceives(text: str) -> None:
    for character in paragraphs(text):
        assert character in "\n\t" or unicodedata.category(character) not in (
            "Cc",
            "Cs",
            "Cn",
            "Co",
        )
        assert character not in REORDERING | {"\u2028", "\u2029", "\ufffc"}


@given(ANYTHING, st.booleans())
def test_paragraphs_of_paragraphs_are_unchanged(text: str, newer: bool) -> None:
    once = paragraphs(text, newer=newer)
    assert paragraphs(once, newer=newer) == once


def test_a_character_of_a_later_unicode_is_kept_on_request() -> None:
    assert paragraphs(f"brr {NEWER_EMOJI}", newer=True) == f"brr {NEWER_EMOJI}"


OWN_RULES = {
    "desktop/create_session/mail_client.py": "sends the technician's own mail as it is written",
    "desktop/session_list/row.py": "removes accents for searching",
    "peer/files/safe_names.py": "names of files on a disk have rules of their own",
    "server/mail/template.py": "refuses characters in a template, which keeps its spaces",
}


def test_no_other_room_has_a_filter_of_its_own() -> None:
    root = Path(rescue_console.__file__).parent
    found = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if "unicodedata" in path.read_text("utf-8")
    }
    assert {name for name in found if not name.startswith("protocol/")} == set(OWN_RULES)
