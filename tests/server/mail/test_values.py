"""The values that templates are filled with, in English and in French."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from rescue_console.protocol.choices import Language
from rescue_console.server.mail.languages import texts_in
from rescue_console.server.mail.template import Placeholder
from rescue_console.server.mail.values import write_expiry
from tests.stage.rules.mail_samples import make_values


@pytest.mark.parametrize(
    ("language", "moment", "written"),
    [
        (Language("en"), datetime(2026, 11, 23, 14, 5, tzinfo=UTC), "23 November 2026 at 14:05"),
        (
            Language("fr"),
            datetime(2026, 8, 1, 7, 0, tzinfo=UTC),
            "1er août 2026 à 7\u00a0h\u00a000",
        ),
        (
            Language("fr"),
            datetime(2026, 12, 2, 0, 9, tzinfo=UTC),
            "2 décembre 2026 à 0\u00a0h\u00a009",
        ),
    ],
)
def test_an_expiry_is_written_as_is_usual_in_the_language(
    language: Language, moment: datetime, written: str
) -> None:
    assert write_expiry(moment, texts_in(language)) == f"{written} UTC"


def test_an_expiry_in_another_zone_is_converted_to_utc() -> None:
    paris = datetime(2026, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    assert write_expiry(paris, texts_in(Language("en"))) == "31 December 2025 at 23:30 UTC"


def test_a_link_that_never_expires_says_so() -> None:
    assert write_expiry(None, texts_in(Language("en"))) == "no time limit"
    assert write_expiry(None, texts_in(Language("fr"))) == "sans limite de durée"


@pytest.mark.parametrize(
    ("language", "name"), [(Language("en"), "Customer"), (Language("fr"), "Client")]
)
def test_a_customer_without_a_name_is_called_customer(language: Language, name: str) -> None:
    values = make_values(name="", language=language).by_placeholder()
    assert values[Placeholder.NAME] == name
