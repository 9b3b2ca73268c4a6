"""Whether a form or a WebSocket comes from our own page.

The join form carries the link's key and the leave form a token made from the cookie, neither of
which another site can know; these checks stop the rest at the door.
"""

import hashlib
from collections.abc import Mapping
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


def is_own_form(headers: Mapping[str, str], public_url: str) -> bool:
    """Tell whether a POST may come from our own page.

    ``Sec-Fetch-Site`` decides where the browser sends it (secure contexts only); else ``Origin``.
    Our pages send no referrer, so that browsers give the origin of their forms as ``null``.

    Source: W3C Fetch Metadata section 2.4; WHATWG Fetch, "append a request Origin header".
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin")
    return origin in (None, "null") or _is_own(origin or "", headers.get("host", ""), public_url)


def is_own_socket(headers: Mapping[str, str], public_url: str) -> bool:
    """Tell whether a WebSocket is opened by our own page; browsers always say by which.

    Source: RFC 6455 section 10.2.
    """
    origin = headers.get("origin")
    return origin is not None and _is_own(origin, headers.get("host", ""), public_url)


def form_token(customer_token: str) -> str:
    """Return what a customer's forms carry; it shows knowledge of the cookie, not the cookie."""
    return hashlib.sha256(f"customer's form:{customer_token}".encode()).hexdigest()


def _is_own(origin: str, host: str, public_url: str) -> bool:
    asked = _authority(origin)
    if asked is None:
        return False
    scheme = urlsplit(origin).scheme
    return asked in (_authority(f"{scheme}://{host}"), _authority(public_url))


def _authority(url: str) -> tuple[str, int] | None:
    """Return host and port of *url*, or None when it names neither."""
    try:
        parts = urlsplit(url)
        port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return None
    return (parts.hostname, port) if parts.hostname and port else None
