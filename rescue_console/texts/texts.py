"""The sentences of a room in each language, read from ``CODE.json`` in the room's folder of texts.

Sentences are plain text with ``{placeholders}``; the values for them are plain text, too. The
files themselves define which languages the room speaks; there is no other list. A sentence that a
file lacks is shown in English.
"""

import re
from typing import TYPE_CHECKING

import msgspec

from rescue_console.protocol.choices import Language
from rescue_console.protocol.languages import ENGLISH, in_order

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

Sentence = str | dict[str, str]
"""One sentence, or its plural forms, by the words in the language's ``language.plural``."""

PLURAL = "language.plural"
"""Key of the plural rules: for each word a regular expression that matches the numbers that take
this form. Numbers that match none take ``other``.

Source: words and rules are those of the Unicode CLDR's plural rules.
"""
_decode = msgspec.json.Decoder(dict[str, Sentence]).decode


class Texts:
    """The sentences in one language.

    Attributes:
        language: The language.
        sentences: The sentences by key, as they are in the file.
    """

    def __init__(
        self, language: Language, sentences: dict[str, Sentence], english: "Texts | None" = None
    ) -> None:
        self.language = language
        self.sentences = sentences
        self._english = english

    def __call__(self, key: str, **values: object) -> str:
        """Return the sentence called *key* with its placeholders filled.

        Raises:
            KeyError: there is no such sentence, it has plural forms, or a value is missing.
        """
        if key not in self.sentences and self._english is not None:
            return self._english(key, **values)
        sentence = self.sentences[key]
        if not isinstance(sentence, str):
            raise KeyError(key)
        return sentence.format_map(values)

    def counted(self, key: str, count: int) -> str:
        """Return the form of the sentence called *key* that fits *count*.

        Raises:
            KeyError: there is no such sentence, or it has no plural forms.
        """
        if key not in self.sentences and self._english is not None:
            return self._english.counted(key, count)
        forms = self.sentences[key]
        if isinstance(forms, str):
            raise KeyError(key)
        word = self._plural(count)
        return forms[word if word in forms else "other"].format_map({"count": count})

    def _plural(self, count: int) -> str:
        rules = self.sentences.get(PLURAL, {})
        if isinstance(rules, dict):
            for word, numbers in rules.items():
                if re.fullmatch(numbers, str(count)):
                    return word
        return "other"


def read_texts(folder: "Traversable") -> dict[Language, Texts]:
    """Return the texts of every language that *folder* has a file for, in the order of lists.

    Raises:
        KeyError: there is no English file.
        msgspec.DecodeError: a file is not valid.
    """
    sentences = read_sentences(folder)
    english = Texts(ENGLISH, sentences.pop(ENGLISH))
    others = {language: Texts(language, own, english) for language, own in sentences.items()}
    return {ENGLISH: english, **others}


def read_sentences(folder: "Traversable") -> dict[Language, dict[str, Sentence]]:
    """Return the sentences in each file of *folder*, by language, in the order of lists.

    Raises:
        msgspec.DecodeError: a file is not valid.
    """
    names = [file.name.removesuffix(".json") for file in folder.iterdir()]
    codes = in_order(Language(name) for name in names)
    return {code: _decode((folder / f"{code}.json").read_bytes()) for code in codes}
