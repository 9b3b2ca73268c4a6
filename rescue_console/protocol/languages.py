"""Finds which available language a code asks for; only English is named here.

The code keeps no list of languages: each room speaks the languages that it has a file of texts for.
A text that is missing in a language is shown in English.
"""

from collections.abc import Collection, Iterable

from rescue_console.protocol.choices import Language

ENGLISH = Language("en")
"""The language that every text exists in."""

EARLIER = (ENGLISH, Language("fr"))
"""The languages of version 0.1, which can read no other code. To be removed with the last field
that is written for that version."""


def nearest(tag: str, spoken: Iterable[Language]) -> Language | None:
    """Return the language in *spoken* that *tag* asks for, or ``None``.

    ``pt-BR``, ``pt_BR.UTF-8`` and ``PT`` all find ``pt``.

    Source: RFC 4647 section 3.4 (lookup): the tag is shortened from its end until it matches.
    """
    by_tag = {language.lower(): language for language in spoken}
    asked = tag.strip().partition(".")[0].replace("_", "-").lower()
    while asked:
        if asked in by_tag:
            return by_tag[asked]
        asked = asked.rpartition("-")[0]
    return None


def first_spoken(tags: Iterable[str], spoken: Collection[Language]) -> Language:
    """Return the language for the first of *tags*, in order of preference, that *spoken* has.

    English when it has none of them.
    """
    found = (nearest(tag, spoken) for tag in tags)
    return next((language for language in found if language is not None), ENGLISH)


def in_order(languages: Iterable[Language]) -> list[Language]:
    """Return *languages* in the order of lists: English first, then the others by code."""
    return sorted(languages, key=lambda language: (language != ENGLISH, language))


def for_earlier(language: Language) -> Language:
    """Return *language* if version 0.1 knows it, else English."""
    return language if language in EARLIER else ENGLISH
