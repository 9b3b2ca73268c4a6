"""The languages that mails are written in: those with a file in ``mail/texts``.

A file holds the default subject and text, which groups replace with templates of their own, and the
words that placeholders are filled with.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from rescue_console.protocol.choices import Language
from rescue_console.protocol.languages import ENGLISH, first_spoken
from rescue_console.texts.texts import Texts, read_texts

NO_TEXTS = "There are no texts in this language here, only in: {}."
"""Why a language is refused; to be formatted with the codes of the available languages."""


@cache
def mail_texts() -> Mapping[Language, Texts]:
    """Return the texts of every language, in the order in which lists show them."""
    return read_texts(files("rescue_console.server.mail") / "texts")


def spoken(language: str) -> Language:
    """Return the language in which a mail for somebody who reads *language* is written."""
    return first_spoken([language], mail_texts())


def texts_in(language: Language) -> Texts:
    """Return the texts in *language*, or in the language that stands in for it."""
    return mail_texts()[spoken(language)]


def native_names() -> dict[Language, str]:
    """Return each language's name for itself, in the order in which lists show them."""
    return {language: texts("language.name") for language, texts in mail_texts().items()}


def usual_template(name: str) -> dict[Language, str]:
    """Return the default template in each language; *name* is its key in the files of texts."""
    usual = {language: texts.sentences.get(name) for language, texts in mail_texts().items()}
    return {language: text for language, text in usual.items() if isinstance(text, str)}


def in_language(templates: Mapping[Language, str], language: Language) -> str:
    """Return the template for *language*, or the English one when there is none."""
    return templates.get(language) or templates[ENGLISH]
