"""What stands in the link of a session."""

from urllib.parse import parse_qs, urlsplit

from rescue_console.protocol.links import LinkParts


def link_parts(link: str) -> LinkParts:
    """Return code and key of a link."""
    query = parse_qs(urlsplit(link).query)
    return LinkParts(query["Code"][0], query["k"][0])
