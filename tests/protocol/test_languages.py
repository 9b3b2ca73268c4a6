"""Codes of languages: what counts as a code, and which language a code asks for."""

import msgspec
import pytest

from rescue_console.protocol.choices import Language, LanguageCode
from rescue_console.protocol.languages import first_spoken, in_order, nearest

SPOKEN = [Language(code) for code in ("en", "fr", "pt-BR", "zh-Hant")]


@pytest.mark.parametrize("code", ["en", "fr", "haw", "pt-BR", "es-419", "zh-Hant"])
def test_a_code_is_a_language_and_perhaps_a_script_or_region(code: str) -> None:
    assert msgspec.convert(code, LanguageCode) == code
    assert len(code) <= 8, "the columns are eight characters wide"


@pytest.mark.parametrize(
    "text", ["", "e", "EN", "en_GB", "en-gb", "en-", "french", "zh-Hant-TW", "../en", "en\n"]
)
def test_anything_else_is_not_a_code(text: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(text, LanguageCode)


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("fr", "fr"),
        ("FR", "fr"),
        ("fr-CA", "fr"),
        ("fr_CA.UTF-8", "fr"),
        ("pt_BR", "pt-BR"),
        ("pt-br", "pt-BR"),
        ("zh-Hant-TW", "zh-Hant"),
        ("pt", None),
        ("de", None),
        ("C", None),
        ("", None),
        ("*", None),
    ],
)
def test_a_tag_is_shortened_until_a_language_fits(tag: str, language: str | None) -> None:
    assert nearest(tag, SPOKEN) == language


def test_the_first_available_language_wins_and_english_stands_in() -> None:
    assert first_spoken(["de-AT", "fr-FR", "en"], SPOKEN) == "fr"
    assert first_spoken(["de-AT"], SPOKEN) == "en"


def test_lists_begin_with_english() -> None:
    assert in_order(Language(code) for code in ("fr", "de", "en")) == ["en", "de", "fr"]
