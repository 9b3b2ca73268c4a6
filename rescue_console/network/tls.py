"""The certificate issuers that this computer trusts to vouch for a server."""

import ssl

import certifi


def tls_context() -> ssl.SSLContext:
    """Return a TLS context that trusts the system's issuers and the well-known ones.

    The system's are included because an organization's own issuer is installed only there. Loading
    all of them takes about 30 ms.
    """
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
