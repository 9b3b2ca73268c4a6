"""The sentences of the customer's pages, one file per language in ``web/join/texts``.

Sentences are plain text with ``{placeholders}``; what fills them is plain text too, and the
templates escape the result.
"""

from importlib.resources import files

import msgspec

from rescue_console.protocol.choices import Language

Sentence = str | dict[str, str]
"""One sentence, or its forms for ``one`` and ``other``."""


class Texts:
    """The sentences in one language."""

    def __init__(self, language: Language, sentences: dict[str, Sentence]) -> None:
        self.language = language
        self.sentences = sentences

    def __call__(self, key: str, **values: str) -> str:
        """Return the sentence called *key* with its placeholders filled.

        Raises:
            KeyError: there is no such sentence, or it has forms, or a placeholder is not given.
        """
        sentence = self.sentences[key]
        if not isinstance(sentence, str):
            raise KeyError(key)
        return sentence.format_map(values)

    def counted(self, key: str, count: int) -> str:
        """Return the form of the sentence called *key* that fits *count*.

        Raises:
            KeyError: there is no such sentence, or it has no forms.

        Source: Unicode CLDR plural rules: English takes ``one`` for 1, French for 0 and 1.
        """
        forms = self.sentences[key]
        if isinstance(forms, str):
            raise KeyError(key)
        single = count <= 1 if self.language is Language.FRENCH else count == 1
        return forms["one" if single else "other"].format_map({"count": count})


def read_texts() -> dict[Language, Texts]:
    """Return the sentences of every language."""
    folder = files("rescue_console.web") / "join" / "texts"
    decode = msgspec.json.Decoder(dict[str, Sentence]).decode
    return {
        language: Texts(language, decode((folder / f"{language}.json").read_bytes()))
        for language in Language
    }
