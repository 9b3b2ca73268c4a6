"""Reads the server's address as a person types or pastes it."""

import ipaddress
import re
import socket
from enum import Enum
from urllib.parse import urlsplit

from msgspec import Struct

from rescue_console.protocol.domain_names import DomainRefused, ascii_domain
from rescue_console.protocol.links import LINK_PATH
from rescue_console.protocol.pasted import bare, unpacked

_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
_DOTS = ".。．｡"
"""What stands between the labels of a name, and may end it. Source: UTS #46, 2.3."""
_TYPED_MAX = 8_192
_INVITATION = re.compile(rf"https?://[^\s/?#]+(?={re.escape(LINK_PATH)}\b)", re.IGNORECASE)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")


_SELF_NAMES = ("localhost", "localhost.localdomain", "ip6-localhost", "ip6-loopback")


class AddressFault(Enum):
    """What is wrong with an address that was typed."""

    EMPTY = "Type the address of the server."
    SCHEME = "The address must begin with https:// or http://."
    HOST = "The server's name is not valid."
    PORT = "The port must be a number from 1 to 65535."
    SECRETS = "The address must not hold a user name or a password."


class AddressRefused(ValueError):
    """The text is not the address of a server."""

    def __init__(self, fault: AddressFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class ServerAddress(Struct, frozen=True):
    """The address of a server; ``url`` is ``scheme://host[:port]`` without a slash at its end."""

    url: str
    host: str
    """Name, in ASCII form, or IP address without brackets."""
    secure: bool
    loopback: bool

    @property
    def exposed(self) -> bool:
        """Whether others could read what is sent there: plain HTTP to another machine."""
        return not self.secure and not self.loopback


def read_address(typed: str) -> ServerAddress:
    """Return the address of the server in *typed*; a path pasted with it is ignored.

    Without a scheme, ``http://`` is assumed for this computer, and ``https://`` for all others.

    Raises:
        AddressRefused: *typed* is not the address of a server.
    """
    text = _pasted_server(typed)
    if not text:
        raise AddressRefused(AddressFault.EMPTY)
    scheme = _SCHEME.match(text)
    if scheme and scheme[1].lower() not in ("http", "https"):
        raise AddressRefused(AddressFault.SCHEME)
    try:
        parts = urlsplit(text if scheme else f"//{text}")
        name = parts.hostname
    except ValueError:
        raise AddressRefused(AddressFault.HOST) from None
    if "@" in parts.netloc:
        raise AddressRefused(AddressFault.SECRETS)
    host, loopback = _read_host(name or "")
    secure = parts.scheme == "https" or (not parts.scheme and not loopback)
    try:
        port = parts.port
    except ValueError:
        raise AddressRefused(AddressFault.PORT) from None
    return ServerAddress(_build(host, port, secure), host, secure, loopback)


def opens_only_there(link: str) -> bool:
    """Tell whether *link* leads everybody to their own computer, so it works only on the server's.

    The forms that browsers read as such an address count, too: ``127.1``, ``0.0.0.0``, mapped ones.
    """
    try:
        host = (urlsplit(link).hostname or "").rstrip(_DOTS).partition("%")[0]
    except ValueError:
        return False
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        try:
            number = ipaddress.IPv4Address(socket.inet_aton(host))
        except (OSError, ValueError):
            return host in _SELF_NAMES or host.endswith(".localhost")
    mapped = number.ipv4_mapped if isinstance(number, ipaddress.IPv6Address) else None
    number = mapped or number
    return number.is_loopback or number.is_unspecified


def _pasted_server(typed: str) -> str:
    """Return *typed* without what was pasted with it; of a packed invitation, its own server."""
    if len(typed) > _TYPED_MAX:
        raise AddressRefused(AddressFault.HOST)
    invitation = _INVITATION.findall(unpacked(typed))
    return invitation[-1] if invitation else re.sub(r"[\t\r\n]+", "", bare(typed))


def _build(host: str, port: int | None, secure: bool) -> str:
    if port == 0:
        raise AddressRefused(AddressFault.PORT)
    shown_host = f"[{host}]" if ":" in host else host
    shown_port = "" if port in (None, 443 if secure else 80) else f":{port}"
    return f"{'https' if secure else 'http'}://{shown_host}{shown_port}"


def _read_host(name: str) -> tuple[str, bool]:
    """Return the host in ASCII form, and whether it is this computer."""
    try:
        number = ipaddress.ip_address(name)
    except ValueError:
        pass
    else:
        return str(number), number.is_loopback
    try:
        host = ascii_domain(name.rstrip(_DOTS))
    except DomainRefused:
        raise AddressRefused(AddressFault.HOST) from None
    if not _HOST.fullmatch(host) or host.replace(".", "").isdigit():
        raise AddressRefused(AddressFault.HOST)
    return host, host == "localhost" or host.endswith(".localhost")
