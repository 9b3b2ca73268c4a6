"""The short code that both people can compare aloud, to know that nobody sits between them.

It is made from the certificate that the technician's console shows to the customer's browser (in
DTLS) and to the applet (in TLS): whoever sat between would have to show another one. It is slow to
compute on purpose, so that no certificate with the same code can be searched for meanwhile.
"""

import hashlib

ITERATIONS = 200_000
DIGITS = 12
SALT = b"rescue-console security code 1"


def security_code(fingerprint: bytes) -> str:
    """Return the code for a certificate.

    Args:
        fingerprint: SHA-256 of the certificate in DER, 32 bytes.

    Returns:
        Twelve digits in three groups, ``1234 5678 9012``: 40 bits, each guess 200 000 hashes.
    """
    slow = hashlib.pbkdf2_hmac("sha256", fingerprint, SALT, ITERATIONS, dklen=8)
    digits = f"{int.from_bytes(slow, 'big') % 10**DIGITS:0{DIGITS}}"
    return " ".join(digits[start : start + 4] for start in range(0, DIGITS, 4))
