from hypothesis import given
from hypothesis import strategies as st

from rescue_console.desktop.words.links import pieces
from rescue_console.desktop.workspace.chat.fold import fold
from rescue_console.protocol.foreign_text import paragraphs
from rescue_console.protocol.limits import FOLD_CHARACTERS, FOLD_LINES

ADDRESS = "https://help.example/" + "a" * 200
PARTS = st.sampled_from(["a", " ", "\n", "b" * 300, f" {ADDRESS} "])


@given(st.lists(PARTS, max_size=60).map("".join))
def test_a_folded_message_is_a_short_beginning_of_it_and_cuts_no_address(text: str) -> None:
    folded = fold(text)
    assert folded.whole == paragraphs(text)
    assert folded.whole.startswith(folded.head)
    assert folded.head.count("\n") < FOLD_LINES
    assert len(folded.head) <= FOLD_CHARACTERS
    if not folded.is_long:
        assert folded.head == folded.whole
    assert {piece.link for piece in pieces(folded.head)} <= {"", ADDRESS}


def test_ordinary_messages_are_shown_whole() -> None:
    for text in ("", "one\ntwo", "x" * FOLD_CHARACTERS, "\n".join("x" * FOLD_LINES)):
        assert not fold(text).is_long


def test_one_line_too_many_is_folded() -> None:
    folded = fold("\n".join("x" * (FOLD_LINES + 1)))
    assert folded.head == "\n".join("x" * FOLD_LINES)


def test_an_address_longer_than_what_is_shown_stays_whole() -> None:
    address = "https://help.example/" + "a" * (FOLD_CHARACTERS + 10)
    assert fold(f"{address} and more").head == address


def test_words_that_are_folded_away_are_known() -> None:
    folded = fold("Printer\n" * FOLD_LINES + "\nscanner")
    assert folded.hides("SCANNER")
    assert not folded.hides("paper")
    assert not fold("Printer").hides("printer")
