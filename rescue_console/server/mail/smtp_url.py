"""Reads the mail URL, which says where mail goes: ``smtp://user:password@host:port?from=a@b`` or ``file:///folder``.

====================  =======  ===================================================================
scheme                port     TLS
====================  =======  ===================================================================
``smtp://``           25, 587  STARTTLS when the mail server offers it; required when a password
                               is given and the host is not this machine
``smtp+starttls://``  587      STARTTLS, or no mail goes out
``smtps://``          465      from the first byte
``smtp+plain://``     25       never, even for a password
``file:///folder``    –        messages are written to the folder as ``.eml`` files
====================  =======  ===================================================================

Options: ``from``, the sender's address for groups that set none; ``cafile``, a file of certificates
to trust instead of the system's; ``timeout`` in seconds; ``name``, by which the server introduces
itself (EHLO).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit
from urllib.request import url2pathname

from rescue_console.protocol.domain_names import DomainRefused, ascii_domain
from rescue_console.protocol.text import TextRefused, check_address

TIMEOUT_S = 30.0
_TIMEOUT_MAX_S = 600.0
_SUBMISSION_PORT = 587
_OPTIONS = ("from", "cafile", "timeout", "name")
_HOST_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.:\[\]-]{0,252}[A-Za-z0-9\]])?\Z")
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


class MailUrlRefused(ValueError):
    """The mail URL cannot be used. The message says why, never quoting user or password."""


class Tls(StrEnum):
    """When a connection to the mail server is encrypted."""

    NEVER = "never"
    IF_OFFERED = "if offered"
    STARTTLS = "starttls"
    FROM_START = "from start"


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpSettings:
    """A mail server. User and password are left out of ``repr``, so that no log shows them.

    Attributes:
        sender: Address for mails whose group sets none; empty when not given.
        timeout_s: For connecting and for each answer of the mail server.
        greeting: The name in EHLO; ``None`` means the machine's own.
    """

    host: str
    port: int
    tls: Tls
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    sender: str = ""
    cafile: Path | None = None
    timeout_s: float = TIMEOUT_S
    greeting: str | None = None

    @property
    def verifies(self) -> bool:
        """Whether the mail server's certificate is checked.

        Encryption that is used only when offered can be switched off by anybody in between, so a
        certificate would prove nothing, and many such servers have a self-signed one.
        """
        return self.tls in (Tls.STARTTLS, Tls.FROM_START) or self.cafile is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderSettings:
    """A folder that messages are written to instead of being sent."""

    folder: Path
    sender: str = ""


MailSettings = SmtpSettings | FolderSettings

_SCHEMES = {
    "smtp": Tls.IF_OFFERED,
    "smtp+starttls": Tls.STARTTLS,
    "smtps": Tls.FROM_START,
    "smtp+plain": Tls.NEVER,
}
_PORTS = {Tls.IF_OFFERED: 25, Tls.STARTTLS: _SUBMISSION_PORT, Tls.FROM_START: 465, Tls.NEVER: 25}


def read_mail_url(url: str) -> MailSettings:
    """Return the settings that *url* describes.

    Raises:
        MailUrlRefused: it is not one of the forms above.
    """
    # "from None" throughout: errors of urllib quote the part that may contain the password.
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        raise MailUrlRefused("The mail URL is not a URL.") from None
    if parts.fragment:
        raise MailUrlRefused("Write # in the mail URL as %23, in passwords, too.")
    if parts.scheme == "file":
        return _read_folder(parts)
    if parts.scheme not in _SCHEMES:
        known = ", ".join(f"{scheme}://" for scheme in (*_SCHEMES, "file"))
        raise MailUrlRefused(f"The mail URL must start with one of {known}.")
    return _read_smtp(parts, _SCHEMES[parts.scheme])


def _read_smtp(parts: SplitResult, tls: Tls) -> SmtpSettings:
    options = _read_options(parts.query, _OPTIONS)
    host, port = _read_host(parts), _read_port(parts)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise MailUrlRefused("The mail URL needs both a user and a password, or neither.")
    if any(not character.isprintable() for character in user + password):
        raise MailUrlRefused("User and password in the mail URL cannot hold control characters.")
    if parts.path not in ("", "/"):
        raise MailUrlRefused("Nothing may follow the mail server; write / in passwords as %2F.")
    if user and tls is Tls.IF_OFFERED:
        port = port or _SUBMISSION_PORT
        tls = tls if host in _THIS_MACHINE else Tls.STARTTLS
    return SmtpSettings(
        host=host,
        port=port or _PORTS[tls],
        tls=tls,
        user=user,
        password=password,
        sender=_read_sender(options),
        cafile=_read_cafile(options),
        timeout_s=_read_timeout(options),
        greeting=_read_greeting(options),
    )


def _read_folder(parts: SplitResult) -> FolderSettings:
    if parts.netloc not in ("", "localhost"):
        raise MailUrlRefused("A mail folder is written file:///folder, with three slashes.")
    path = url2pathname(parts.path)
    if not path.strip("/\\") or "\0" in path:
        raise MailUrlRefused("The mail URL names no folder.")
    return FolderSettings(
        folder=Path(path), sender=_read_sender(_read_options(parts.query, ("from",)))
    )


def _read_options(query: str, known: tuple[str, ...]) -> Mapping[str, str]:
    try:
        # "+" stands for itself: addresses contain it more often than they contain spaces.
        pairs = parse_qsl(query.replace("+", "%2B"), strict_parsing=bool(query))
    except ValueError:
        raise MailUrlRefused("The options of the mail URL are not name=value pairs.") from None
    options = dict(pairs)
    if len(options) != len(pairs):
        raise MailUrlRefused("An option of the mail URL is given twice.")
    if not options.keys() <= set(known):
        raise MailUrlRefused(f"The mail URL has an unknown option. Known are {', '.join(known)}.")
    return options


def _read_host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    try:
        name = host if ":" in host else ascii_domain(host)
    except DomainRefused:
        name = ""
    if not name or not (":" in name or _HOST_NAME.match(name)):
        raise MailUrlRefused("The mail URL names no mail server, or not a valid one.")
    return name


def _read_port(parts: SplitResult) -> int | None:
    try:
        port = parts.port
    except ValueError:
        port = 0
    if port == 0:
        raise MailUrlRefused(
            "The port in the mail URL is not a number from 1 to 65535. In user and password, "
            "write special characters percent-encoded: / as %2F, # as %23, ? as %3F, @ as %40."
        )
    return port


def _read_sender(options: Mapping[str, str]) -> str:
    if "from" not in options:
        return ""
    try:
        return check_address(options["from"])
    except TextRefused as error:
        raise MailUrlRefused(f"from= in the mail URL: {error}") from None


def _read_cafile(options: Mapping[str, str]) -> Path | None:
    if "cafile" not in options:
        return None
    cafile = Path(options["cafile"])
    if not cafile.is_file():
        raise MailUrlRefused(f"cafile= in the mail URL: there is no file {cafile}.")
    return cafile


def _read_timeout(options: Mapping[str, str]) -> float:
    try:
        seconds = float(options.get("timeout", TIMEOUT_S))
    except ValueError:
        seconds = 0.0
    if not 0.0 < seconds <= _TIMEOUT_MAX_S:
        raise MailUrlRefused("timeout= in the mail URL is not a number of seconds up to 600.")
    return seconds


def _read_greeting(options: Mapping[str, str]) -> str | None:
    name = options.get("name")
    if name is not None and not _HOST_NAME.match(name):
        raise MailUrlRefused("name= in the mail URL is not a host name.")
    return name
