"""What asks browsers to use TLS from now on (RFC 6797)."""

TRANSPORT_SECURITY = "max-age=31536000"
"""One year, for this host only: the organization's other hosts are not ours to restrict."""
