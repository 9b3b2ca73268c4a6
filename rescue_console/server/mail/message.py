"""Builds the bytes of a mail: headers, a plain text part and the same in HTML.

The header lines are written here rather than by ``email.message``. When that of Python 3.11 folds a
long display name with accents, as "Technician, Organization" often is, it loses the space between
two encoded words, and it has left commas unencoded, so that one sender became two.
Source: https://github.com/python/cpython/issues/121284
"""

from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from urllib.parse import urlsplit

from rescue_console.protocol.choices import Language
from rescue_console.protocol.domain_names import ascii_domain
from rescue_console.server.mail.body import render_html
from rescue_console.server.mail.template import one_line

_PLAIN_WORD_MAX = 60
_LINE_MAX = 76
_FOLD = "\r\n "


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail before it is bytes.

    Attributes:
        message_id: Includes its angle brackets and is the same for every attempt; see
            ``new_message_id``.
        sender: The bare address that the mail comes from; bounces go there.
        sender_name: ``Technician, Organization``.
        reply_to: The technician's address.
        text: Lines end in LF.
        link: The customer's link as it appears in *text*.
        created_at: An aware datetime; it becomes the Date header.
    """

    message_id: str
    sender: str
    sender_name: str
    reply_to: str
    recipient: str
    subject: str
    text: str
    link: str
    language: Language
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A mail ready for a mail server: envelope and content, all of it ASCII.

    Attributes:
        content: Lines end in CRLF and are within the limit of RFC 5321 section 4.5.3.1.6.
    """

    message_id: str
    sender: str
    recipient: str
    content: bytes


def new_message_id(email_id: str, public_url: str) -> str:
    """Return the Message-ID of an e-mail, ``<ID@HOST>``, with the host of the public URL.

    Source: RFC 5322 section 3.6.4; an IPv6 host stands in brackets as a domain literal.
    """
    host = urlsplit(public_url).hostname or "localhost"
    return f"<{email_id}@{f'[IPv6:{host}]' if ':' in host else ascii_domain(host)}>"


def ascii_address(address: str) -> str:
    """Return an address with its domain in ASCII.

    Raises:
        ValueError: its local part is not ASCII or its domain is not valid.
    """
    local, _, domain = one_line(address).rpartition("@")
    return f"{local.encode('ascii').decode('ascii')}@{ascii_domain(domain)}"


def build_message(mail: Mail) -> Message:
    """Return *mail* as it goes over the wire; the same mail always gives the same bytes.

    Raises:
        ValueError: an address cannot be written in ASCII.
    """
    sender, recipient = ascii_address(mail.sender), ascii_address(mail.recipient)
    headers = {
        "From": _mailbox("From", mail.sender_name, sender),
        **({"Reply-To": ascii_address(mail.reply_to)} if mail.reply_to else {}),
        "To": recipient,
        "Subject": _unstructured("Subject", mail.subject),
        "Date": format_datetime(mail.created_at),
        "Message-ID": one_line(mail.message_id),
        "Content-Language": mail.language,
        # Source: RFC 3834 section 5: vacation responders leave such mail alone.
        "Auto-Submitted": "auto-generated",
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return Message(
        message_id=mail.message_id,
        sender=sender,
        recipient=recipient,
        content=lines.encode("ascii") + _body(mail).as_bytes(),
    )


def _body(mail: Mail) -> EmailMessage:
    body = EmailMessage(policy=SMTP)
    body.set_content(mail.text, cte="quoted-printable")
    html = render_html(mail.text, mail.link, mail.language, title=mail.subject)
    body.add_alternative(html, subtype="html", cte="quoted-printable")
    # "=_" cannot occur in quoted-printable. Source: RFC 2045 section 6.7.
    body.set_boundary(f"=_{sha256(mail.message_id.encode()).hexdigest()[:32]}")
    return body


def _mailbox(header: str, display: str, address: str) -> str:
    name = one_line(display)
    if not name:
        return address
    if name.isascii() and len(name) <= _PLAIN_WORD_MAX and "=?" not in name:
        phrase = '"' + name.replace("\\", r"\\").replace('"', r"\"") + '"'
    else:
        phrase = _encoded(header, name)
    fits = len(header) + len(phrase) + len(address) + 5 <= _LINE_MAX
    return f"{phrase}{' ' if fits else _FOLD}<{address}>"


def _unstructured(header: str, value: str) -> str:
    line = one_line(value)
    words_fit = all(len(word) <= _PLAIN_WORD_MAX for word in line.split(" "))
    if line.isascii() and words_fit and "=?" not in line:
        return Header(line, "us-ascii", _LINE_MAX, header).encode(linesep="\r\n")
    return _encoded(header, line)


def _encoded(header: str, value: str) -> str:
    return Header(value, "utf-8", _LINE_MAX, header).encode(linesep="\r\n")
