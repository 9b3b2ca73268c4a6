"""The sentences of a room: found by key, counted as the language counts, else said in English."""

import json
from pathlib import Path

import pytest

from rescue_console.protocol.choices import Language
from rescue_console.texts.texts import PLURAL, Texts, read_texts

ENGLISH: dict[str, object] = {
    PLURAL: {"one": "1"},
    "hello": "Hello {name}",
    "files": {"one": "{count} file", "other": "{count} files"},
}
RUSSIAN_PLURAL = {"one": "(.*[^1])?1", "few": "(.*[^1])?[234]", "many": ".*"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "en", ENGLISH)
    return tmp_path


def write(folder: Path, code: str, sentences: dict[str, object]) -> None:
    (folder / f"{code}.json").write_text(json.dumps(sentences), encoding="utf-8")


def test_the_files_that_are_there_are_the_languages(folder: Path) -> None:
    for code in ("pt-BR", "de"):
        write(folder, code, {"hello": code})
    texts = read_texts(folder)
    assert list(texts) == ["en", "de", "pt-BR"]
    assert [one("hello", name="Zoe") for one in texts.values()] == ["Hello Zoe", "de", "pt-BR"]


def test_what_a_language_lacks_is_said_and_counted_in_english(folder: Path) -> None:
    write(folder, "fr", {PLURAL: {"one": "[01]"}})
    french = read_texts(folder)[Language("fr")]
    assert french("hello", name="Zoe") == "Hello Zoe"
    assert french.counted("files", 0) == "0 files"


def test_what_no_language_has_is_an_error(folder: Path) -> None:
    write(folder, "fr", {})
    for texts in read_texts(folder).values():
        with pytest.raises(KeyError):
            texts("no such key")


@pytest.mark.parametrize(
    ("count", "form"),
    [(1, "one"), (21, "one"), (11, "many"), (3, "few"), (22, "few"), (12, "many"), (5, "many")],
)
def test_a_language_may_have_any_forms_for_numbers(count: int, form: str) -> None:
    forms = {word: word for word in ("one", "few", "many", "other")}
    russian = Texts(Language("ru"), {PLURAL: RUSSIAN_PLURAL, "files": forms})
    assert russian.counted("files", count) == form


def test_a_form_that_is_missing_is_the_other_one() -> None:
    russian = Texts(Language("ru"), {PLURAL: RUSSIAN_PLURAL, "files": {"other": "{count} fajlov"}})
    assert russian.counted("files", 1) == "1 fajlov"
