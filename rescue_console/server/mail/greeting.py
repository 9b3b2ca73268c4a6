"""The name by which the server introduces itself to a mail server (EHLO)."""

import re
import socket
from typing import Any

from rescue_console.protocol.domain_names import ascii_domain

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})+\Z")
_DOMAIN_MAX = 255


def own_name() -> str | None:
    """Return this machine's full name if a mail server can be greeted with it, else ``None``.

    May take as long as the name service does. People call computers what they like ("büro",
    "anna_pc", "PC of Anna"), which is no reason for any mail to stay here.
    """
    try:
        name = socket.getfqdn().rstrip(".")
        plain = name if name.isascii() else ascii_domain(name)
    except (OSError, ValueError):
        return None
    return plain if len(plain) <= _DOMAIN_MAX and _DOMAIN.match(plain) else None


def address_literal(sockname: Any) -> str:
    """Return the greeting of a machine without a usable name: its address on the connection.

    Source: RFC 5321 section 4.1.4.

    Args:
        sockname: The connection's own end, as ``socket.getsockname`` returns it.
    """
    address = str(sockname[0]).partition("%")[0] if sockname else "127.0.0.1"
    return f"[IPv6:{address}]" if ":" in address else f"[{address}]"
