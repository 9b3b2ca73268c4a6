"""Checks whether a form or a WebSocket comes from one of our own pages.

The join form carries the link's key, and the leave form a token made from the cookie; no other site
can know either of them. These checks refuse requests from other sites before that.
"""

import hashlib
from collections.abc import Mapping
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


def is_own_form(headers: Mapping[str, str], public_url: str) -> bool:
    """Tell whether a POST may come from one of our own pages.

    ``Sec-Fetch-Site`` decides if the browser sends it (in secure contexts only), else ``Origin``.
    Our pages send no referrer, so browsers give ``null`` as the origin of their forms.

    Source: W3C Fetch Metadata section 2.4; WHATWG Fetch, "append a request Origin header".
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin")
    return origin in (None, "null") or _is_own(origin or "", headers.get("host", ""), public_url)


def is_own_socket(headers: Mapping[str, str], public_url: str) -> bool:
    """Tell whether a WebSocket was opened by one of our own pages; browsers always send an origin.

    Source: RFC 6455 section 10.2.
    """
    origin = headers.get("origin")
    return origin is not None and _is_own(origin, headers.get("host", ""), public_url)


def form_token(customer_token: str) -> str:
    """Return the token in a customer's forms; it proves knowledge of the cookie but hides it."""
    return hashlib.sha256(f"customer's form:{customer_token}".encode()).hexdigest()


def _is_own(origin: str, host: str, public_url: str) -> bool:
    asked = _authority(origin)
    if asked is None:
        return False
    scheme = urlsplit(origin).scheme
    return asked in (_authority(f"{scheme}://{host}"), _authority(public_url))


def _authority(url: str) -> tuple[str, int] | None:
    """Return host and port of *url*, or ``None`` when one of them is missing or malformed."""
    try:
        parts = urlsplit(url)
        port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return None
    return (parts.hostname, port) if parts.hostname and port else None
