"""Throw-away certificates: an authority's, and a server's that the authority has signed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOUR = timedelta(hours=1)
COMPANY_NAME = "company.example"
"""A name that only a proxy knows."""
_SIGNS_CERTIFICATES = x509.KeyUsage(
    key_cert_sign=True,
    crl_sign=True,
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    encipher_only=False,
    decipher_only=False,
)


@dataclass(frozen=True)
class Certificates:
    """Files in PEM: the authority's certificate; the server's key and certificate."""

    authority: Path
    server: Path


def make_certificates(
    folder: Path, address: str = "127.0.0.1", *, life: timedelta = HOUR
) -> Certificates:
    """Make an authority and a certificate for *address*, localhost and COMPANY_NAME.

    Args:
        life: How long the server's certificate is valid; if just below zero, it has expired.
    """
    authority_key, server_key = _key(), _key()
    sign = partial(_signed, issuer="Test authority", issuer_key=authority_key, address=address)
    authority = sign("Test authority", authority_key, HOUR, ca=True)
    server = sign("localhost", server_key, life, ca=False)
    pem = serialization.Encoding.PEM
    key_bytes = server_key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    made = Certificates(folder / "authority.pem", folder / "server.pem")
    made.authority.write_bytes(authority.public_bytes(pem))
    made.server.write_bytes(key_bytes + server.public_bytes(pem))
    return made


def _key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _signed(
    subject: str,
    key: ec.EllipticCurvePrivateKey,
    life: timedelta,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    ca: bool,
    address: str,
) -> x509.Certificate:
    now = datetime.now(UTC)
    names = [
        x509.DNSName("localhost"),
        x509.DNSName(COMPANY_NAME),
        x509.IPAddress(ip_address(address)),
    ]
    issuer_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + life)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        # Python 3.13 verifies strictly: RFC 5280 sections 4.2.1.1 to 4.2.1.3.
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(issuer_id, critical=False)
    )
    if ca:
        builder = builder.add_extension(_SIGNS_CERTIFICATES, critical=True)
    return builder.sign(issuer_key, hashes.SHA256())


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
