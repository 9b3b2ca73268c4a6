"""The short code that customer and technician compare aloud, to know that nobody intercepts them.

It is made from the certificate that the technician's console shows to the customer's browser (in
DTLS) and to the applet (in TLS): an interceptor would have to show a different certificate. The
code is deliberately slow to compute, so that nobody can find a certificate with the same code in
time.
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
        Twelve digits in three groups, ``1234 5678 9012``: about 40 bits, where each guess costs
        200 000 hashes.
    """
    slow = hashlib.pbkdf2_hmac("sha256", fingerprint, SALT, ITERATIONS, dklen=8)
    digits = f"{int.from_bytes(slow, 'big') % 10**DIGITS:0{DIGITS}}"
    return " ".join(digits[start : start + 4] for start in range(0, DIGITS, 4))
