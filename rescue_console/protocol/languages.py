"""Which of the languages that somebody speaks is meant by a code; none is named but English.

No list of languages is kept in the code: each room speaks those that it has a file of texts for.
What is missing in one of them is said in English.
"""

from collections.abc import Collection, Iterable

from rescue_console.protocol.choices import Language

ENGLISH = Language("en")
"""The language that every text exists in."""

EARLIER = (ENGLISH, Language("fr"))
"""What version 0.1 knew: it can read no other code. Goes with the last field that tells it one."""


def nearest(tag: str, spoken: Iterable[Language]) -> Language | None:
    """Return the language in *spoken* that *tag* asks for, or None.

    ``pt-BR``, ``pt_BR.UTF-8`` and ``PT`` all find ``pt``.

    Source: the lookup of RFC 4647 section 3.4: the tag is shortened from its end until one fits.
    """
    by_tag = {language.lower(): language for language in spoken}
    asked = tag.strip().partition(".")[0].replace("_", "-").lower()
    while asked:
        if asked in by_tag:
            return by_tag[asked]
        asked = asked.rpartition("-")[0]
    return None


def first_spoken(tags: Iterable[str], spoken: Collection[Language]) -> Language:
    """Return the first of *tags*, dearest first, that is in *spoken*, else English."""
    found = (nearest(tag, spoken) for tag in tags)
    return next((language for language in found if language is not None), ENGLISH)


def in_order(languages: Iterable[Language]) -> list[Language]:
    """Return *languages* as lists show them: English, then the others by their codes."""
    return sorted(languages, key=lambda language: (language != ENGLISH, language))


def for_earlier(language: Language) -> Language:
    """Return what a program of version 0.1 is told in place of *language*."""
    return language if language in EARLIER else ENGLISH
