"""The bytes of a mail: its headers and its two parts, into which nothing can be smuggled."""

from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given

from rescue_console.protocol.choices import Language
from rescue_console.server.mail.compose import sender_name
from rescue_console.server.mail.message import build_message, new_message_id
from rescue_console.server.mail.template import one_line, read_text
from tests.stage.rules.mail_samples import (
    CREATED,
    LINK,
    hostile,
    make_mail,
    make_message,
    make_values,
)

HEADERS = [
    "From",
    "Reply-To",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Content-Language",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
]


class Tags(HTMLParser):
    """Collects a page's tags, its links and the text of its body."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str | None] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)
        if tag == "a":
            self.links.append(dict(attrs)["href"])

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(**changes: Any) -> EmailMessage:
    return message_from_bytes(make_message(**changes).content, policy=default)


def html_of(message: EmailMessage) -> str:
    part = message.get_body(("html",))
    assert isinstance(part, EmailMessage)
    html: str = part.get_content()
    return html


def header_lines(content: bytes) -> list[str]:
    return content.partition(b"\r\n\r\n")[0].decode("ascii").split("\r\n")


def raw_header(content: bytes, name: str) -> str:
    lines = "\n".join(header_lines(content)).replace("\n ", " ").split("\n")
    [value] = [line.partition(": ")[2] for line in lines if line.startswith(f"{name}: ")]
    return value


def decoded(value: str) -> str:
    return str(make_header(decode_header(value)))


def test_the_headers_say_who_writes_to_whom() -> None:
    message = parsed()
    assert message["From"] == '"Tom Baker, Helpers" <support@help.example>'
    assert message["Reply-To"] == "tom@help.example"
    assert message["To"] == "customer@example.org"
    assert message["Subject"] == "Link to connect by e-mail"
    assert message["Date"].datetime == CREATED
    assert message["Message-ID"] == "<0a1b@help.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "en"
    assert [name for name, _ in message.items()] == HEADERS


def test_the_text_part_is_the_text_as_composed() -> None:
    text = f"Bonjour é\n\n.\n{LINK}\n\nFrom here " + "x" * 2_000
    body = parsed(text=text).get_body(("plain",))
    assert isinstance(body, EmailMessage)
    assert body.get_content().replace("\r\n", "\n") == f"{text}\n"


def test_the_html_part_shows_the_link_as_a_button_and_in_full() -> None:
    page = Tags(html_of(parsed(language=Language("fr"))))
    assert page.links == [LINK, LINK]
    assert "Ouvrir la page d’assistance" in page.text
    assert LINK in page.text
    assert 'lang="fr"' in html_of(parsed(language=Language("fr")))


def test_the_html_part_keeps_paragraphs_and_lines() -> None:
    page = html_of(parsed())
    assert "<p>Please click:</p>" in page
    assert "<p>Kind regards,<br>The support team</p>" in page


def test_a_link_within_a_sentence_can_be_clicked_there_and_on_a_button() -> None:
    page = Tags(html_of(parsed(text=f"Open {LINK} now")))
    assert page.links == [LINK, LINK]


def test_a_link_that_occurs_twice_gets_one_button() -> None:
    page = Tags(html_of(parsed(text=f"{LINK}\n\nAgain: {LINK} or {LINK}\n\n{LINK}")))
    assert page.text.count("Open the support page") == 1
    assert page.links == [LINK] * 5


def test_the_html_part_loads_nothing() -> None:
    page = Tags(html_of(parsed()))
    assert not {"img", "link", "script", "iframe", "object"} & set(page.tags)
    assert not {"src", "background", "srcset"} & page.attributes
    assert "url(" not in html_of(parsed())


def test_the_same_mail_gives_the_same_bytes_at_every_attempt() -> None:
    assert make_message().content == make_message().content


def test_international_domains_are_sent_in_ascii() -> None:
    message = make_message(recipient="bob@bücher.example", sender="aide@société.example")
    assert message.recipient == "bob@xn--bcher-kva.example"
    assert message.sender == "aide@xn--socit-esab.example"
    assert b"To: bob@xn--bcher-kva.example\r\n" in message.content


def test_a_mail_to_a_domain_with_sharp_s_does_not_go_to_the_owner_of_the_one_with_two() -> None:
    message = make_message(recipient="bob@straße.example", reply_to="ann@φίλος.example")
    assert message.recipient == "bob@xn--strae-oqa.example"
    assert b"To: bob@xn--strae-oqa.example\r\n" in message.content
    assert b"Reply-To: ann@xn--kxaymmq.example\r\n" in message.content
    assert b"strasse" not in message.content


def test_an_address_that_smtp_cannot_carry_is_refused() -> None:
    with pytest.raises(ValueError, match="ascii"):
        make_message(recipient="bób@example.org")


@pytest.mark.parametrize(
    ("url", "message_id"),
    [
        ("https://help.example:8443/x", "<1@help.example>"),
        ("http://127.0.0.1:80", "<1@127.0.0.1>"),
        ("http://[::1]:80", "<1@[IPv6:::1]>"),
        ("https://société.example", "<1@xn--socit-esab.example>"),
    ],
)
def test_a_message_id_ends_in_the_public_urls_host(url: str, message_id: str) -> None:
    assert new_message_id("1", url) == message_id


@given(technician=hostile, organization=hostile, subject=hostile)
def test_names_and_subjects_never_change_the_headers(
    technician: str, organization: str, subject: str
) -> None:
    display = sender_name(technician, organization)
    content = make_message(sender_name=display, subject=subject).content
    names = [line.partition(":")[0] for line in header_lines(content) if not line.startswith(" ")]
    assert names == HEADERS
    assert all(len(line) <= 78 for line in header_lines(content))
    sender = raw_header(content, "From")
    [(name, address)] = getaddresses([sender])
    assert address == "support@help.example"
    assert decoded(name) == display
    assert decoded(raw_header(content, "Subject")) == one_line(subject)


@given(name=hostile, organization=hostile)
def test_values_never_change_the_html(name: str, organization: str) -> None:
    template = read_text("Dear x{name}x,\n\n{link}\n\nx{organization}x")

    def page(**changes: str) -> Tags:
        text = template.fill(make_values(**changes).by_placeholder())
        return Tags(html_of(parsed(text=text)))

    seen, plain = page(name=f"a{name}", organization=f"a{organization}"), page()
    assert (seen.tags, seen.links) == (plain.tags, plain.links)
    assert seen.attributes == plain.attributes
    assert one_line(f"a{name}") in seen.text


@given(text=hostile)
def test_any_text_gives_ascii_lines_that_mail_servers_accept(text: str) -> None:
    content = build_message(make_mail(text=f"{text}\n{LINK}")).content
    assert content.isascii()
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) <= 998
