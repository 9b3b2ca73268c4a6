from hypothesis import given
from hypothesis import strategies as st

from rescue_console.applet.window.shown_text import NAME_MAX, shown


def test_text_from_elsewhere_becomes_one_short_line() -> None:
    assert shown("Ma\u202erie\x00\n Du\u200bpont\t") == "Marie Dupont"
    assert shown("Zoë O’Neil 🙂") == "Zoë O’Neil 🙂"
    assert len(shown("x" * 100_000, NAME_MAX)) == NAME_MAX


@given(st.text(), st.integers(2, 50))
def test_no_text_is_too_long_or_holds_invisible_characters(text: str, most: int) -> None:
    line = shown(text, most)

    assert len(line) <= most
    assert line.isprintable() or " " in line
