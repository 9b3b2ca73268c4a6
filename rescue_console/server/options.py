"""The options that the server starts with: from the command line, or RESCUE_… variables."""

import argparse
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from rescue_console import __version__
from rescue_console.protocol.choices import Language
from rescue_console.protocol.languages import ENGLISH, nearest
from rescue_console.server.door.addresses import read_network
from rescue_console.server.mail.languages import NO_TEXTS, mail_texts, spoken

LOG_LEVELS = ("debug", "info", "warning", "error")
DATABASE_WAIT_S = 60.0
_DATABASE_WAIT_MAX_S = 86_400.0
MAILS_PER_HOUR = 100
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class ServeOptions(Struct, kw_only=True, frozen=True):
    """How to serve.

    Attributes:
        data: Folder for the database and everything else that the server keeps.
        port: 0 lets the system choose one; the line ``Ready: URL`` says which.
        public_url: Where customers reach the server; empty = where it listens.
        mails_per_hour: How many e-mails one technician may send within an hour.
        database_url: Empty = SQLite in *data*.
        database_wait: For how many seconds to wait for a PostgreSQL that does not answer yet.
        trusted_proxies: Comma-separated addresses or networks whose X-Forwarded-For and
            X-Forwarded-Proto headers are believed.
        applets: Folder with the built applets, one for each platform; empty = none are offered.
        local: Whether this is the embedded server of a console: it reads its owner's password from
            the first line of standard input, and stops when standard input ends.
        local_language: The embedded server's language.
        local_socket: The embedded server's listening socket, which its console holds: the number
            of a file descriptor, or ``stdin`` if the second line of standard input describes it;
            empty = it opens one itself.
    """

    data: Path
    host: str = "127.0.0.1"
    port: int = 8080
    public_url: str = ""
    database_url: str = ""
    database_wait: float = DATABASE_WAIT_S
    redis_url: str = ""
    smtp_url: str = ""
    mails_per_hour: int = MAILS_PER_HOUR
    tls_cert: str = ""
    tls_key: str = ""
    trusted_proxies: str = ""
    metrics_from: str = ""
    stun_urls: str = ""
    turn_urls: str = ""
    turn_secret: str = ""
    applets: str = ""
    log_level: str = "info"
    local: bool = False
    local_language: Language = ENGLISH
    local_socket: str = ""


class OwnerOptions(Struct, kw_only=True, frozen=True):
    """The owner's account that ``create-owner`` creates."""

    data: Path
    database_url: str
    email: str
    name: str
    organization: str
    language: Language
    database_wait: float = DATABASE_WAIT_S


def read_options(
    arguments: Sequence[str], environment: Mapping[str, str] = os.environ
) -> ServeOptions | OwnerOptions:
    """Return what *arguments* and *environment* ask for; an option wins over the environment.

    Raises:
        SystemExit: help was asked for, or an option is wrong; argparse has already explained it.
    """
    if arguments and arguments[0] == "create-owner":
        return _read_owner(arguments[1:], environment)
    return _read_serve(arguments, environment)


def _add_storage(parser: argparse.ArgumentParser, environment: Mapping[str, str]) -> None:
    data = environment.get("RESCUE_DATA")
    parser.add_argument(
        "--data",
        type=Path,
        default=Path(data) if data else None,
        required=not data,
        metavar="DIR",
        help="folder for everything that the server keeps",
    )
    parser.add_argument(
        "--database-url",
        default=environment.get("RESCUE_DATABASE_URL", ""),
        metavar="URL",
        help="postgresql://USER@HOST/NAME; default: SQLite in the data folder",
    )
    parser.add_argument(
        "--database-wait",
        type=_seconds,
        default=environment.get("RESCUE_DATABASE_WAIT", f"{DATABASE_WAIT_S:.0f}"),
        metavar="SECONDS",
        help="how long to wait for PostgreSQL at the start; default: %(default)s",
    )


def _read_serve(arguments: Sequence[str], environment: Mapping[str, str]) -> ServeOptions:
    parser = argparse.ArgumentParser(
        prog="rescue-server",
        description="The server of Rescue Console.",
        epilog="Every option can also be given as RESCUE_… in the environment, for example "
        "RESCUE_PUBLIC_URL. First make the owner's account: rescue-server create-owner --help",
    )
    parser.add_argument("--version", action="version", version=__version__)
    _add_storage(parser, environment)
    texts = {
        "host": ("ADDRESS", "127.0.0.1", "address to listen on"),
        "public-url": (
            "URL",
            "",
            "where customers reach the server, e.g. https://help.example.org",
        ),
        "redis-url": ("URL", "", "redis://…, when several servers share one database"),
        "smtp-url": (
            "URL",
            "",
            "mail server: smtp://USER:PASSWORD@HOST:PORT?from=ADDRESS (also smtps:, "
            "smtp+starttls:), or file:///FOLDER to write mails there instead",
        ),
        "tls-cert": ("FILE", "", "certificate chain (PEM) to serve https itself"),
        "tls-key": ("FILE", "", "private key (PEM) of the certificate"),
        "trusted-proxies": (
            "ADDRESSES",
            "",
            "comma-separated addresses or networks whose X-Forwarded-… headers are believed",
        ),
        "metrics-from": ("NETWORKS", "", "comma-separated networks that may read /metrics"),
        "stun-urls": ("URLS", "", "comma-separated stun: URLs that help the two sides to meet"),
        "turn-urls": ("URLS", "", "comma-separated turn: or turns: URLs that carry the picture"),
        "turn-secret": ("SECRET", "", "secret shared with the TURN servers (coturn's REST scheme)"),
        "applets": ("DIR", "", "folder with the built applets that customers may download"),
        "log-level": ("LEVEL", "info", ", ".join(LOG_LEVELS)),
    }
    checks: dict[str, Callable[[str], str]] = {
        "redis-url": _redis_url,
        "trusted-proxies": _networks,
        "metrics-from": _networks,
        "log-level": _log_level,
    }
    for name, (metavar, default, text) in texts.items():
        variable = "RESCUE_" + name.upper().replace("-", "_")
        parser.add_argument(
            f"--{name}",
            type=checks.get(name, str),
            default=environment.get(variable, default),
            metavar=metavar,
            help=text,
        )
    parser.add_argument(
        "--port",
        type=_port,
        default=environment.get("RESCUE_PORT", "8080"),
        help="port to listen on; 0 = any free one",
    )
    parser.add_argument(
        "--mails-per-hour",
        type=_number,
        default=environment.get("RESCUE_MAILS_PER_HOUR", str(MAILS_PER_HOUR)),
        metavar="NUMBER",
        help=f"e-mails that one technician may send within an hour; default: {MAILS_PER_HOUR}",
    )
    parser.add_argument("--local", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--local-language", type=spoken, default=ENGLISH, help=argparse.SUPPRESS)
    parser.add_argument("--local-socket", type=_socket, default="", help=argparse.SUPPRESS)
    parsed = parser.parse_args(arguments)
    if bool(parsed.tls_cert) != bool(parsed.tls_key):
        parser.error("--tls-cert and --tls-key go together")
    if parsed.local and parsed.host not in LOOPBACK:
        parser.error("--local listens on loopback only: leave --host out")
    if parsed.local_socket and not parsed.local:
        parser.error("--local-socket goes with --local")
    return ServeOptions(**vars(parsed))


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number between 0 and 65535")
    return int(text)


def _socket(text: str) -> str:
    if text and text != "stdin" and not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not the number of a file descriptor")
    return text


def _seconds(text: str) -> float:
    if not text.isdecimal() or int(text) > _DATABASE_WAIT_MAX_S:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a number of seconds between 0 and {_DATABASE_WAIT_MAX_S:.0f}"
        )
    return float(text)


def _number(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 1_000_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number between 1 and 1000000")
    return int(text)


def _log_level(text: str) -> str:
    if text.lower() not in LOG_LEVELS:
        raise argparse.ArgumentTypeError(f"{text!r} is not one of {', '.join(LOG_LEVELS)}")
    return text.lower()


def _redis_url(text: str) -> str:
    try:
        parts = urlsplit(text)
        valid = parts.scheme in ("redis", "rediss", "unix") and (parts.port or 0) >= 0
    except ValueError:
        valid = False
    if text and not valid:
        # Not quoted: it may hold a password.
        raise argparse.ArgumentTypeError("this is not redis://HOST:PORT")
    return text


def _language(text: str) -> Language:
    language = nearest(text, mail_texts())
    if language is None:
        raise argparse.ArgumentTypeError(NO_TEXTS.format(", ".join(mail_texts())))
    return language


def _networks(text: str) -> str:
    """Return *text* if it is a comma-separated list of addresses and networks.

    Raises:
        argparse.ArgumentTypeError: it is not.
    """
    for part in split_networks(text):
        try:
            read_network(part)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error
    return text


def split_networks(text: str) -> list[str]:
    """Return the parts of a comma-separated list."""
    return [part.strip() for part in text.split(",") if part.strip()]


def _read_owner(arguments: Sequence[str], environment: Mapping[str, str]) -> OwnerOptions:
    parser = argparse.ArgumentParser(
        prog="rescue-server create-owner",
        description="Make the first account: the owner, administrator and technician in one.",
    )
    _add_storage(parser, environment)
    parser.add_argument("--email", required=True, metavar="ADDRESS")
    parser.add_argument("--name", required=True)
    parser.add_argument("--organization", default="", help="default: the owner's name")
    parser.add_argument(
        "--language", type=_language, default=ENGLISH, help=" or ".join(mail_texts())
    )
    parser.add_argument(
        "--password-stdin",
        action="store_true",
        required=True,
        help="read the password from the first line of standard input",
    )
    parsed = parser.parse_args(arguments)
    return OwnerOptions(
        data=parsed.data,
        database_url=parsed.database_url,
        database_wait=parsed.database_wait,
        email=parsed.email,
        name=parsed.name,
        organization=parsed.organization or parsed.name,
        language=parsed.language,
    )
