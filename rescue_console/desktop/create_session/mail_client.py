"""Hands a mail to the technician's own mail client through a ``mailto:`` URL.

Source: RFC 6068, "The 'mailto' URI Scheme": section 2 (what is percent-encoded), section 5 (line
breaks in the body are ``%0D%0A``), section 7 (nothing but the subject and the body may be set by
what people type).
"""

import unicodedata
from enum import Enum, auto
from urllib.parse import quote

from PySide6.QtCore import QUrl

from rescue_console.desktop.program.system_opener import SystemOpener
from rescue_console.protocol.answers import MailText
from rescue_console.protocol.domain_names import ascii_domain
from rescue_console.protocol.limits import MAILTO_MAX


class Handover(Enum):
    """What became of a mail on its way to the mail client."""

    OPENED = auto()
    """The system accepted the URL. Whether a client really shows the mail cannot be known."""
    TOO_LONG = auto()
    """The URL would be longer than mail clients and systems accept."""
    NO_CLIENT = auto()
    """The system says that no program opens mails."""


def mailto_url(to: str, mail: MailText) -> str:
    """Return the URL that composes *mail* to the address *to*, which may be empty.

    An international domain is given in its ASCII form, which every client understands.
    """
    subject = quote(_one_line(mail.subject), safe="", errors="replace")
    body = quote(_body(mail.text), safe="", errors="replace")
    return f"mailto:{quote(_recipient(to), safe='@')}?subject={subject}&body={body}"


def open_in_mail_client(to: str, mail: MailText, opener: SystemOpener) -> Handover:
    """Have the system's mail client compose *mail*, if it can.

    *opener* tells later if it turns out that nothing has opened.
    """
    url = mailto_url(to, mail)
    if len(url) > MAILTO_MAX:
        return Handover.TOO_LONG
    encoded = QUrl.fromEncoded(url.encode("ascii"), QUrl.ParsingMode.StrictMode)
    return Handover.OPENED if opener.open(encoded) else Handover.NO_CLIENT


def _recipient(to: str) -> str:
    """Return an address that ``protocol.text.check_address`` has accepted, in ASCII."""
    local, at, domain = to.rpartition("@")
    return f"{local}{at}{ascii_domain(domain)}" if domain else ""


def _one_line(text: str) -> str:
    """Return *text* on one line: a line break could start another header in a careless client."""
    return " ".join(_without_controls(" ".join(text.split())).split())


def _body(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\r\n".join(_without_controls(line) for line in lines)


def _without_controls(line: str) -> str:
    return "".join(char for char in line if char == "\t" or unicodedata.category(char) != "Cc")
