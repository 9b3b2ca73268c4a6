"""The languages that mails are written in: those with a file in ``mail/texts``.

A file holds the usual subject and text, which groups replace by templates of their own, and the
words that placeholders stand for.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from rescue_console.protocol.choices import Language
from rescue_console.protocol.languages import ENGLISH, first_spoken
from rescue_console.texts.texts import Texts, read_texts

NO_TEXTS = "There are no texts in this language here, only in: {}."
"""Why a language is refused; the codes of those that there are go in."""


@cache
def mail_texts() -> Mapping[Language, Texts]:
    """Return the texts of every language, in the order of lists."""
    return read_texts(files("rescue_console.server.mail") / "texts")


def spoken(language: str) -> Language:
    """Return the language that a mail asked for in *language* is written in."""
    return first_spoken([language], mail_texts())


def texts_in(language: Language) -> Texts:
    """Return the texts in *language*, or in the one that stands in for it."""
    return mail_texts()[spoken(language)]


def native_names() -> dict[Language, str]:
    """Return what each language calls itself, in the order of lists."""
    return {language: texts("language.name") for language, texts in mail_texts().items()}


def usual_template(name: str) -> dict[Language, str]:
    """Return the template that no group has set, for each language: *name* as in a file."""
    usual = {language: texts.sentences.get(name) for language, texts in mail_texts().items()}
    return {language: text for language, text in usual.items() if isinstance(text, str)}


def in_language(templates: Mapping[Language, str], language: Language) -> str:
    """Return the template for *language*, the English one when there is none."""
    return templates.get(language) or templates[ENGLISH]
