"""Checks whether a form or a WebSocket comes from one of our own pages.

The join form carries the link's key, and the leave form a token made from the cookie; no other site
can know either of them. These checks refuse requests from other sites before that.
"""

import hashlib
from collections.abc import Mapping
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


def is_own_form(headers: Mapping[str, str], public_url: str, scheme: str) -> bool:
    """Tell whether a POST may come from one of our own pages.

    ``Sec-Fetch-Site`` decides if the browser sends it (in secure contexts only), else ``Origin``.
    *scheme* is that of the request.
    Our pages send no referrer, so browsers give ``null`` as the origin of their forms.

    Source: W3C Fetch Metadata section 2.4; WHATWG Fetch, "append a request Origin header".
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin")
    if origin in (None, "null"):
        return True
    return _is_own(origin or "", headers.get("host", ""), public_url, scheme)


def is_own_socket(headers: Mapping[str, str], public_url: str, scheme: str) -> bool:
    """Tell whether a WebSocket was opened by one of our own pages; browsers always send an origin.

    *scheme* is that of the request: ``ws`` or ``wss``.

    Source: RFC 6455 section 10.2.
    """
    origin = headers.get("origin")
    if origin is None:
        return False
    return _is_own(origin, headers.get("host", ""), public_url, scheme)


def form_token(customer_token: str) -> str:
    """Return the token in a customer's forms; it proves knowledge of the cookie but hides it."""
    return hashlib.sha256(f"customer's form:{customer_token}".encode()).hexdigest()


def _is_own(origin: str, host: str, public_url: str, scheme: str) -> bool:
    asked, public = _authority(origin), _authority(public_url)
    if asked is None:
        return False
    secure = urlsplit(origin).scheme == "https"
    if not secure and _is_secure(public_url) and public and asked[0] == public[0]:
        # Whoever sits in the network can write a page at http://; it is not ours.
        return False
    if asked == public:
        return True
    # A proxy that is not trusted may have ended TLS, so https is fine where http has arrived; the
    # other way around it is another's page.
    if not secure and _is_secure(f"{scheme}:"):
        return False
    return asked == _authority(f"{urlsplit(origin).scheme}://{host}")


def _is_secure(url: str) -> bool:
    return urlsplit(url).scheme in ("https", "wss")


def _authority(url: str) -> tuple[str, int] | None:
    """Return host and port of *url*, or ``None`` when one of them is missing or malformed."""
    try:
        parts = urlsplit(url)
        port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return None
    return (parts.hostname, port) if parts.hostname and port else None
