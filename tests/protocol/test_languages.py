"""Codes of languages: which are codes, and which language is meant by one."""

import msgspec
import pytest

from rescue_console.protocol.choices import Language, LanguageCode
from rescue_console.protocol.languages import first_spoken, in_order, nearest

SPOKEN = [Language(code) for code in ("en", "fr", "pt-BR", "zh-Hant")]


@pytest.mark.parametrize("code", ["en", "fr", "haw", "pt-BR", "es-419", "zh-Hant"])
def test_a_code_is_a_language_and_perhaps_a_script_or_region(code: str) -> None:
    assert msgspec.convert(code, LanguageCode) == code
    assert len(code) <= 8, "so wide are the columns"


@pytest.mark.parametrize(
    "text", ["", "e", "EN", "en_GB", "en-gb", "en-", "french", "zh-Hant-TW", "../en", "en\n"]
)
def test_anything_else_is_none(text: str) -> None:
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


def test_the_dearest_language_that_is_spoken_goes_first_and_english_stands_in() -> None:
    assert first_spoken(["de-AT", "fr-FR", "en"], SPOKEN) == "fr"
    assert first_spoken(["de-AT"], SPOKEN) == "en"


def test_lists_begin_with_english() -> None:
    assert in_order(Language(code) for code in ("fr", "de", "en")) == ["en", "de", "fr"]
