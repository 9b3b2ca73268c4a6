"""The certificate issuers that this computer trusts to vouch for a server."""

import logging
import os
import ssl
import sys
from pathlib import Path

import certifi

_BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
"""Where the environment names an organization's own issuers, besides ``SSL_CERT_FILE``, which
Python reads itself."""

_SYSTEM_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora, Red Hat
    "/etc/ssl/ca-bundle.pem",  # openSUSE
    "/etc/ssl/cert.pem",  # Alpine
)
"""Where Linux systems keep their issuers. A program that was built on another system looks for them
where that one keeps them."""

_log = logging.getLogger(__name__)


def tls_context() -> ssl.SSLContext:
    """Return a TLS context that trusts the system's issuers and the well-known ones.

    The system's are included because an organization's own issuer is installed only there. Loading
    all of them takes about 30 ms.
    """
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    _trust_the_system(context)
    for name in _BUNDLES:
        _trust(context, os.environ.get(name, ""))
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _trust_the_system(context: ssl.SSLContext) -> None:
    """Trust the issuers of this system where they are not where Python looks for them."""
    looked = ssl.get_default_verify_paths()
    if sys.platform != "linux" or looked.cafile is not None or looked.capath is not None:
        return
    for bundle in _SYSTEM_BUNDLES:
        if Path(bundle).is_file():
            _trust(context, bundle)
            return


def _trust(context: ssl.SSLContext, named: str) -> None:
    if not named:
        return
    folder = Path(named).is_dir()
    try:
        context.load_verify_locations(None if folder else named, named if folder else None)
    except OSError as error:
        _log.warning("The issuers in %s cannot be read: %s", named, error)
