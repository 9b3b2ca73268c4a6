"""The HTTP headers that tell browsers how pages and their files may be used and kept."""

from rescue_console.server.door.transport_security import TRANSPORT_SECURITY

PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    # The address of the join page holds the key.
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ("display-capture=(self), camera=(self), microphone=(), geolocation=()"),
    "X-Robots-Tag": "noindex, nofollow",
    "Vary": "Accept-Language, Cookie, User-Agent, Sec-CH-UA-Platform",
}


def page_headers(scheme: str) -> dict[str, str]:
    """Return the headers of a page that is requested over *scheme* (``http`` or ``https``)."""
    if scheme != "https":
        return dict(PAGE_HEADERS)
    return PAGE_HEADERS | {"Strict-Transport-Security": TRANSPORT_SECURITY}


def asset_headers(*, current: bool, packed: bool) -> dict[str, str]:
    """Return the headers of a style, script or picture.

    Args:
        current: Whether it was requested at the address of its present version.
        packed: Whether it is sent compressed.
    """
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable" if current else "no-cache",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Vary": "Accept-Encoding",
    }
    return headers | {"Content-Encoding": "gzip"} if packed else headers
