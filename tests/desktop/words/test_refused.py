"""Every reason for refusing typed text exists in the language of the screens."""

from collections.abc import Callable

import pytest

from rescue_console.desktop.words.refused import REASONS, refused_key, refused_text
from rescue_console.protocol.text import TextRefused, check_address, clean_name

REFUSALS: list[tuple[Callable[[str], str], str]] = [
    (clean_name, "x" * 300),
    (check_address, ""),
    (check_address, "x" * 300),
    (check_address, "alice"),
    (check_address, "a b@example.org"),
    (check_address, "alice@-example.org"),
    (check_address, "alice@example"),
    (check_address, f"alice@{'x' * 70}.org"),
]


@pytest.mark.parametrize(("check", "typed"), REFUSALS)
def test_every_refusal_has_an_entry(check: Callable[[str], str], typed: str) -> None:
    with pytest.raises(TextRefused) as refusal:
        check(typed)
    assert refused_key(refusal.value) in REASONS
    assert refused_text(refusal.value) == str(refusal.value)


@pytest.mark.usefixtures("french")
@pytest.mark.parametrize(("check", "typed"), REFUSALS)
def test_no_refusal_is_left_in_english(check: Callable[[str], str], typed: str) -> None:
    with pytest.raises(TextRefused) as refusal:
        check(typed)
    assert refused_text(refusal.value) != str(refusal.value)


@pytest.mark.usefixtures("french")
def test_the_counts_are_in_the_french_sentence() -> None:
    with pytest.raises(TextRefused) as refusal:
        clean_name("x" * 300)
    assert refused_text(refusal.value) == (
        "Le nom compte 300 caractères\u00a0; 200 au plus sont autorisés."
    )
