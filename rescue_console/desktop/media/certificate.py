"""The throw-away certificate that identifies this console to the customer's side in one session.

The same certificate is shown to the browser (DTLS) and to the applet (TLS inside the relay), and
its fingerprint goes into the security codes of both. It is kept in memory only.
"""

import os
import ssl
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from rescue_console.peer.secure_channel import console_tls

_LIFE = timedelta(days=30)
"""How long it is valid: a session on hold lives 14 days, and browsers accept a year at most."""


@dataclass(frozen=True)
class Certificate:
    """A key and its self-signed certificate."""

    key: ec.EllipticCurvePrivateKey
    x509: x509.Certificate

    @property
    def fingerprint(self) -> bytes:
        """SHA-256 of the certificate in DER, 32 bytes."""
        return self.x509.fingerprint(hashes.SHA256())

    def pem(self) -> bytes:
        """Return key and certificate as one PEM file holds them."""
        key = self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return key + self.x509.public_bytes(serialization.Encoding.PEM)

    def tls(self) -> ssl.SSLContext:
        """Return the console's TLS settings for the channel to the applet."""
        # The standard library reads keys only from files; this file is readable only by its owner.
        handle, name = tempfile.mkstemp(suffix=".pem")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(self.pem())
            return console_tls(name)
        finally:
            Path(name).unlink()


def make_certificate() -> Certificate:
    """Return a new certificate; the name in it is random and means nothing."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, os.urandom(16).hex())])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        # The customer's clock may be behind.
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + _LIFE)
    )
    return Certificate(key, builder.sign(key, hashes.SHA256()))
