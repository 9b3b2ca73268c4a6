"""The languages that the stage plays in: it knows what the programs say in them, word for word."""

from typing import Final

from rescue_console.protocol.choices import Language

ENGLISH: Final = Language("en")
FRENCH: Final = Language("fr")
LANGUAGES: Final = (ENGLISH, FRENCH)
