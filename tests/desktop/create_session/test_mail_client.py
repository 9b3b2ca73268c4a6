"""Mails for the technician's own client: what is encoded comes out again, and nothing more."""

from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication

from rescue_console.desktop.create_session.mail_client import (
    Handover,
    mailto_url,
    open_in_mail_client,
)
from rescue_console.desktop.program.system_opener import SystemOpener
from rescue_console.protocol.answers import MailText
from rescue_console.protocol.limits import MAILTO_MAX
from rescue_console.protocol.text import TextRefused, check_address
from tests.stage.technicians.mail_program import MailProgram

LINK = "https://help.example.org/Customer/Code.aspx?i=2&Code=618689&k=abcdefghijklmnopqrst-_"


def parts(url: str) -> tuple[str, dict[str, str]]:
    """Read a ``mailto:`` URL the way RFC 6068 says: ``+`` is a plus, not a space."""
    split = urlsplit(url)
    assert split.scheme == "mailto"
    fields = parse_qsl(split.query.replace("+", "%2B"), keep_blank_values=True)
    assert len(dict(fields)) == len(fields)
    return unquote(split.path), dict(fields)


@pytest.mark.parametrize(
    "text",
    [
        "Été à l’hôpital : 100 % « sûr »",
        "a & b = c ? d # e + f",
        "\"double\" and 'single' `back`",
        "🎉 👩‍💻",
        "%0D%0ABcc: mallory@example.org",
        LINK,
        "first line\nsecond line\n\nlast line",
    ],
)
def test_a_text_reaches_the_client_letter_for_letter(text: str) -> None:
    _, fields = parts(mailto_url("", MailText(subject="s", text=text)))
    assert fields == {"subject": "s", "body": text.replace("\n", "\r\n")}


def test_line_ends_are_crlf_and_spaces_are_not_pluses() -> None:
    url = mailto_url("a@example.org", MailText(subject="two words", text="one\ntwo\r\nthree\rfour"))
    assert url == (
        "mailto:a@example.org?subject=two%20words&body=one%0D%0Atwo%0D%0Athree%0D%0Afour"
    )


def test_a_line_end_in_the_subject_starts_no_header() -> None:
    url = mailto_url("", MailText(subject="Hello\r\nBcc: mallory@example.org", text="x"))
    assert "%0D" not in url.partition("&body=")[0].upper()
    assert "%0A" not in url.partition("&body=")[0].upper()
    assert parts(url)[1]["subject"] == "Hello Bcc: mallory@example.org"


def test_an_address_adds_neither_recipient_nor_header() -> None:
    address = check_address("o'neil+a&b=c?d/e@example.org")
    url = mailto_url(address, MailText(subject="s", text="t"))
    assert parts(url) == (address, {"subject": "s", "body": "t"})


def test_an_international_domain_is_given_in_ascii() -> None:
    url = mailto_url(check_address("a@bücher.example"), MailText(subject="s", text="t"))
    assert parts(url)[0] == "a@xn--bcher-kva.example"
    url = mailto_url(check_address("a@straße.example"), MailText(subject="s", text="t"))
    assert parts(url)[0] == "a@xn--strae-oqa.example"


ANYTHING = st.text(st.characters(), max_size=200)


@given(subject=ANYTHING, text=ANYTHING, to=st.one_of(st.just(""), st.emails()))
def test_whatever_is_typed_the_url_has_two_fields_and_no_control_characters(
    subject: str, text: str, to: str
) -> None:
    try:
        address = check_address(to) if to else ""
    except TextRefused:
        address = ""
    url = mailto_url(address, MailText(subject=subject, text=text))
    assert url.isascii()
    assert url.isprintable()
    assert " " not in url
    recipient, fields = parts(url)
    assert recipient.lower() == address.lower()
    assert set(fields) == {"subject", "body"}
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in fields["subject"])
    assert set(fields["body"].replace("\r\n", "")).isdisjoint("\r\n\0\x1b")


@given(text=st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=200))
def test_a_text_without_controls_survives_whole(text: str) -> None:
    assert parts(mailto_url("", MailText(subject="s", text=text)))[1]["body"] == text


@given(subject=ANYTHING, text=ANYTHING)
def test_qt_hands_the_url_on_unchanged(subject: str, text: str) -> None:
    url = mailto_url("a@example.org", MailText(subject=subject, text=text))
    encoded = QUrl.fromEncoded(url.encode("ascii"), QUrl.ParsingMode.StrictMode)
    assert bytes(encoded.toEncoded().data()).decode("ascii") == url


def test_the_mail_client_is_given_the_url(mail_program: MailProgram) -> None:
    mail = MailText(subject="Lien de connexion", text=f"Bonjour & bienvenue\n\n{LINK}")
    assert open_in_mail_client("jean@example.org", mail, SystemOpener()) is Handover.OPENED
    assert mail_program.opened == [mailto_url("jean@example.org", mail)]


def test_the_longest_url_is_opened_and_a_longer_one_is_not(mail_program: MailProgram) -> None:
    empty = len(mailto_url("", MailText(subject="s", text="")))
    longest = MailText(subject="s", text="x" * (MAILTO_MAX - empty))
    assert open_in_mail_client("", longest, SystemOpener()) is Handover.OPENED
    too_long = MailText(subject="s", text=longest.text + "x")
    assert open_in_mail_client("", too_long, SystemOpener()) is Handover.TOO_LONG
    assert len(mail_program.opened) == 1


@pytest.mark.qt_log_ignore("does not support QPlatformServices::openUrl")
def test_a_system_without_mail_client_says_so(qapp: QApplication) -> None:
    mail = MailText(subject="s", text="t")
    assert open_in_mail_client("", mail, SystemOpener()) is Handover.NO_CLIENT
