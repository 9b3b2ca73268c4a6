"""The URL under which customers reach the server."""

from urllib.parse import urlsplit

from rescue_console.server.refusals import invalid


def check_public_url(where: str, url: str) -> str:
    """Return *url* without a trailing slash.

    Raises:
        Refusal: ``invalid`` unless it is ``http(s)://host[:port]`` with nothing after it.
    """
    try:
        parts = urlsplit(url)
        valid = (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and parts.path in ("", "/")
            and not (parts.query or parts.fragment or parts.username or parts.password)
            and (parts.port is None or parts.port > 0)
            and url.isascii()
            and not any(character.isspace() for character in url)
        )
    except ValueError:
        valid = False
    if not valid:
        raise invalid(where, "Give the address as https://HOST or https://HOST:PORT.")
    return url.rstrip("/")
