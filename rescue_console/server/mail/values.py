"""The values that a mail template is filled with, in the customer's language."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import assert_never

from rescue_console.protocol.choices import Language
from rescue_console.server.mail.template import Placeholder

_MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTHS_FR = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailValues:
    """What is said about one session in its mail.

    Attributes:
        name: The customer's name; empty means "Customer".
        expires: When the link ends, an aware datetime; ``None`` means never.
    """

    link: str
    code: str
    name: str
    technician: str
    organization: str
    expires: datetime | None
    language: Language

    def by_placeholder(self) -> dict[Placeholder, str]:
        """Return the text that stands for each placeholder."""
        return {
            Placeholder.LINK: self.link,
            Placeholder.CODE: self.code,
            Placeholder.NAME: self.name or default_name(self.language),
            Placeholder.TECHNICIAN: self.technician,
            Placeholder.ORGANIZATION: self.organization,
            Placeholder.EXPIRES: write_expiry(self.expires, self.language),
        }


def default_name(language: Language) -> str:
    """Return what a customer without a name is called."""
    match language:
        case Language.ENGLISH:
            return "Customer"
        case Language.FRENCH:
            return "Client"
        case _:
            assert_never(language)


def write_expiry(expires: datetime | None, language: Language) -> str:
    """Return a moment as a sentence holds it, in UTC, since the customer's zone is unknown.

    ``23 November 2026 at 14:05 UTC``, ``23 novembre 2026 à 14 h 05 UTC``; ``None`` gives "no time
    limit", "sans limite de durée".
    """
    moment = expires.astimezone(UTC) if expires is not None else None
    match language:
        case Language.ENGLISH:
            return _english(moment) if moment else "no time limit"
        case Language.FRENCH:
            return _french(moment) if moment else "sans limite de durée"
        case _:
            assert_never(language)


def _english(moment: datetime) -> str:
    month = _MONTHS_EN[moment.month - 1]
    return f"{moment.day} {month} {moment.year} at {moment:%H:%M} UTC"


def _french(moment: datetime) -> str:
    # The first of a month is an ordinal, and the hour keeps to its letter with no-break spaces.
    # Source: Lexique des règles typographiques en usage à l’Imprimerie nationale, "Date", "Heure".
    day = "1er" if moment.day == 1 else str(moment.day)
    month = _MONTHS_FR[moment.month - 1]
    return f"{day} {month} {moment.year} à {moment.hour}\u00a0h\u00a0{moment:%M} UTC"
