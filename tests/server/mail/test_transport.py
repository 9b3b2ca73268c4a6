"""What becomes of a mail server's words before they are kept."""

import pytest

from rescue_console.server.mail.transport import clean_words


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("550 5.1.1 bo\udceete inconnue", "550 5.1.1 bo\ufffdte inconnue"),
        ("550 no \x00 such\x07 user \x1b[31m", "550 no such user [31m"),
        ("550-one\n550 two", "550-one 550 two"),
        ("550 boîte inconnue", "550 boîte inconnue"),
    ],
)
def test_words_in_any_encoding_are_one_line_that_every_table_holds(said: str, kept: str) -> None:
    assert clean_words(said) == kept
    kept.encode("utf-8")
