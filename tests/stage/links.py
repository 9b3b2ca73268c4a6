"""The parts of a session's link."""

from urllib.parse import parse_qs, urlsplit

from rescue_console.protocol.links import LinkParts


def link_parts(link: str) -> LinkParts:
    """Return the code and key in a link."""
    query = parse_qs(urlsplit(link).query)
    return LinkParts(query["Code"][0], query["k"][0])
