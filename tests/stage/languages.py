"""The languages of the stage: it knows, word for word, what the programs say in them."""

from typing import Final

from rescue_console.protocol.choices import Language

ENGLISH: Final = Language("en")
FRENCH: Final = Language("fr")
LANGUAGES: Final = (ENGLISH, FRENCH)
