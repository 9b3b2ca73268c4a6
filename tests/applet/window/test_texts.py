import ast
import json
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import rescue_console.applet
from rescue_console.applet.window.texts import (
    HINDRANCE_TEXTS,
    POWER_TEXTS,
    TRANSLATIONS,
    Texts,
    system_language,
)
from rescue_console.protocol.choices import Language
from rescue_console.protocol.hindrances import ControlHindrance
from rescue_console.protocol.powers import Power

ROOM = Path(rescue_console.applet.__file__).parent
FRENCH: dict[str, str] = json.loads((TRANSLATIONS / "fr.json").read_text("utf-8"))


def said() -> Iterator[str]:
    """Yield each sentence in the applet's code."""
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=func, args=[ast.Constant(value=str(text)), *_]):
                    if "texts" in ast.unparse(func):
                        yield text
    yield from POWER_TEXTS.values()
    yield from HINDRANCE_TEXTS.values()


def places(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_sentence_has_a_french_one_and_none_is_left_over() -> None:
    assert set(said()) == set(FRENCH)


@pytest.mark.parametrize("english", FRENCH)
def test_the_french_has_the_same_placeholders(english: str) -> None:
    assert places(FRENCH[english]) == places(english)


@pytest.mark.parametrize("power", Power)
def test_every_power_can_be_named(power: Power) -> None:
    assert Texts(Language("fr")).power(power) != Texts(Language("en")).power(power)


@pytest.mark.parametrize("hindrance", ControlHindrance)
def test_every_hindrance_can_be_explained(hindrance: ControlHindrance) -> None:
    english = Texts(Language("en")).hindrance(hindrance)
    assert english not in ("", hindrance)
    assert Texts(Language("fr")).hindrance(hindrance) != english


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "fr_CA.UTF-8"}, Language("fr")),
        ({"LANG": "de_DE.UTF-8"}, Language("en")),
        ({"LANGUAGE": "fr:en", "LANG": "en_GB.UTF-8"}, Language("fr")),
    ],
)
def test_the_language_is_that_of_the_system(
    environment: dict[str, str], language: Language
) -> None:
    assert system_language(environment) == language
