"""Every sentence exists in every language, complete and with correct typography."""

import re
from importlib.resources import files
from string import Formatter

import pytest

from rescue_console.protocol.choices import DevicePlatform, Language
from rescue_console.protocol.file_problems import FileProblem
from rescue_console.protocol.hindrances import REPORTED, PowerHindrance
from rescue_console.protocol.powers import Power
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.pages.notices import Notice
from rescue_console.texts.texts import PLURAL, Sentence, read_texts
from tests.stage.languages import LANGUAGES

TEXTS = read_texts(files("rescue_console.web") / "join" / "texts")
ENGLISH = TEXTS[Language("en")].sentences
FRENCH = TEXTS[Language("fr")].sentences


def forms(sentence: Sentence) -> list[str]:
    return [sentence] if isinstance(sentence, str) else list(sentence.values())


def placeholders(sentence: Sentence) -> set[str]:
    return {
        name
        for form in forms(sentence)
        for _, name, _, _ in Formatter().parse(form)
        if name is not None
    }


def test_every_language_has_the_same_sentences_in_the_same_order() -> None:
    assert list(FRENCH) == list(ENGLISH)


@pytest.mark.parametrize("key", list(ENGLISH))
def test_a_sentence_has_the_same_placeholders_in_every_language(key: str) -> None:
    assert placeholders(FRENCH[key]) == placeholders(ENGLISH[key])


@pytest.mark.parametrize("key", list(ENGLISH))
def test_no_sentence_is_left_untranslated(key: str) -> None:
    assert forms(FRENCH[key]) != forms(ENGLISH[key])


@pytest.mark.parametrize("key", list(FRENCH))
def test_french_has_typographic_apostrophes_and_no_break_spaces(key: str) -> None:
    for form in forms(FRENCH[key]):
        assert "'" not in form
        assert not re.search(r"[^\u00a0\u202f][:;?!»]", form)
        assert not re.search(r"«[^\u00a0\u202f]", form)


@pytest.mark.parametrize("key", list(ENGLISH))
def test_english_has_typographic_apostrophes(key: str) -> None:
    assert not any("'" in form or '"' in form for form in forms(ENGLISH[key]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_status_platform_notice_and_power_has_its_words(language: Language) -> None:
    texts = TEXTS[language]
    joined = set(SessionStatus) - {SessionStatus.INVITED, SessionStatus.CONNECTING}
    for status in joined:
        assert texts(f"state.{status}.title", technician="M")
        assert texts(f"state.{status}.text", technician="M")
    assert all(texts(f"device.{platform}") for platform in DevicePlatform)
    assert all(texts(f"notice.{notice}.title") for notice in Notice)
    assert all(texts(f"notice.{notice}.text") for notice in Notice)
    assert all(texts(f"files.problem.{problem}") for problem in FileProblem)
    said = {key for key in texts.sentences if key.startswith("hindrance.")}
    assert said == {f"hindrance.{word}" for word in REPORTED}
    for power in Power:
        assert texts(f"power.{power}.name")
        assert texts(f"power.{power}.question")
        assert texts(f"power.{power}.text")


@pytest.mark.parametrize(
    ("language", "count", "words"),
    [
        (Language("en"), 1, "1 minute,"),
        (Language("en"), 2, "2 minutes,"),
        (Language("en"), 0, "0 minutes,"),
        (Language("fr"), 1, "1 minute,"),
        (Language("fr"), 0, "0 minute,"),
        (Language("fr"), 15, "15 minutes,"),
    ],
)
def test_a_count_takes_the_right_form_in_each_language(
    language: Language, count: int, words: str
) -> None:
    assert words in TEXTS[language].counted("pin.too_many", count)


def test_a_value_with_braces_is_shown_as_it_is() -> None:
    title = TEXTS[Language("en")]("join.title", technician="{0} {technician.__class__}")
    assert title == "{0} {technician.__class__} wants to help you"


def test_no_sentence_is_unused() -> None:
    rooms = files("rescue_console.web") / "join" / "templates", files("rescue_console.server.pages")
    used = "".join(
        entry.read_text("utf-8") for room in rooms for entry in room.iterdir() if entry.is_file()
    ) + (files("rescue_console.server.routes.customer") / "site.py").read_text("utf-8")
    used += PLURAL
    chosen = (
        "state.",
        "notice.",
        "device.",
        "power.",
        "applet.how.",
        "files.problem.",
        "hindrance.",
    )
    assert [key for key in ENGLISH if not key.startswith(chosen) and key not in used] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_hindrance_has_a_sentence_of_its_own(language: Language) -> None:
    assert len({TEXTS[language](f"hindrance.{word}") for word in REPORTED}) == len(REPORTED)


@pytest.mark.parametrize("word", sorted(word for word in REPORTED if word.startswith("camera_")))
def test_a_camera_is_not_called_a_screen(word: str) -> None:
    for texts, screen in ((ENGLISH, "screen"), (FRENCH, "écran")):
        sentence = forms(texts[f"hindrance.{word}"])[0]
        assert word == PowerHindrance.CAMERA_ONLY or screen not in sentence
