"""The values that a mail template is filled with, in the customer's language."""

from dataclasses import dataclass
from datetime import UTC, datetime

from rescue_console.protocol.choices import Language
from rescue_console.server.mail.languages import texts_in
from rescue_console.server.mail.template import Placeholder
from rescue_console.texts.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class MailValues:
    """What a mail says about its session.

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
        texts = texts_in(self.language)
        return {
            Placeholder.LINK: self.link,
            Placeholder.CODE: self.code,
            Placeholder.NAME: self.name or texts("name"),
            Placeholder.TECHNICIAN: self.technician,
            Placeholder.ORGANIZATION: self.organization,
            Placeholder.EXPIRES: write_expiry(self.expires, texts),
        }


def write_expiry(expires: datetime | None, texts: Texts) -> str:
    """Return a moment as it reads in a sentence, in UTC: the customer's time zone is unknown.

    ``23 November 2026 at 14:05 UTC``, ``23 novembre 2026 à 14 h 05 UTC``; ``None`` gives "no time
    limit", "sans limite de durée".
    """
    if expires is None:
        return texts("expires.never")
    moment = expires.astimezone(UTC)
    # In French the first of a month is an ordinal, and "h" is not separated from its hour.
    # Source: Lexique des règles typographiques en usage à l’Imprimerie nationale, "Date", "Heure".
    return texts(
        "expires.first" if moment.day == 1 else "expires",
        day=moment.day,
        month=texts(f"month.{moment.month}"),
        year=moment.year,
        hour=moment.hour,
        minute=moment.minute,
    )
