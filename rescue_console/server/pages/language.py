"""Chooses a page's language: the one chosen on the page, else what the browser asks for."""

from collections.abc import Collection

from rescue_console.protocol.choices import Language
from rescue_console.protocol.languages import nearest

LANGUAGE_COOKIE = "rescue_language"
LANGUAGE_COOKIE_SECONDS = 365 * 24 * 3600

_HEADER_MAX = 500


def choose_language(
    asked: str | None,
    remembered: str | None,
    accepted: str | None,
    spoken: Collection[Language],
    default: Language,
) -> Language:
    """Return the language for a page.

    Args:
        asked: The parameter ``lang`` of the address.
        remembered: The language cookie.
        accepted: The ``Accept-Language`` header.
        spoken: The languages that the pages exist in.
        default: Used when the pages exist in none of the languages asked for.
    """
    return (
        nearest(asked or "", spoken)
        or nearest(remembered or "", spoken)
        or _best(accepted or "", spoken)
        or default
    )


def _best(accepted: str, spoken: Collection[Language]) -> Language | None:
    """Return the language with the highest weight in an ``Accept-Language`` header.

    Source: RFC 9110 section 12.5.4; among equal weights the first wins, as browsers intend.
    """
    best: Language | None = None
    best_weight = 0.0
    for choice in accepted[:_HEADER_MAX].split(","):
        tag, _, parameter = choice.partition(";")
        language = nearest(tag, spoken)
        weight = _weight(parameter)
        if language is not None and weight > best_weight:
            best, best_weight = language, weight
    return best


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0
