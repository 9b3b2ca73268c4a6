"""Finds out from a library's exception why the server cannot be reached."""

import re
import socket
import ssl
from collections.abc import Iterator

from rescue_console.network.errors import Unreachable, Why

PROXY_SIGN_IN_STATUS = 407
_PROXY_STATUS = "InvalidProxyStatus"
_TUNNEL = re.compile(r"Tunnel connection failed: (\d{3})")


def diagnose(error: BaseException, proxy: str = "") -> Unreachable:
    """Return *error* as an ``Unreachable`` that names the innermost known cause in its chain.

    Args:
        error: What a library raised.
        proxy: Names the proxy that the connection goes through; empty without a proxy.
    """
    chain = list(_chain(error))
    if proxy:
        for cause in chain:
            why = _why_proxy(cause)
            if why is not None:
                return Unreachable(why, f"{type(cause).__name__}: {cause}"[:500], proxy)
    for cause in chain:
        why = _why(cause)
        if why is not None:
            return Unreachable(why, f"{type(cause).__name__}: {cause}"[:500])
    return Unreachable(Why.LOST, f"{type(error).__name__}: {error}"[:500])


def _why(cause: BaseException) -> Why | None:
    match cause:
        case ssl.SSLCertVerificationError():
            return _why_certificate(cause)
        case ssl.SSLEOFError() | ConnectionResetError():
            return Why.LOST
        case ssl.SSLError():
            return Why.NOT_TLS
        case socket.gaierror():
            return Why.NAME_UNKNOWN
        case ConnectionRefusedError():
            return Why.CONNECTION_REFUSED
        case TimeoutError():
            return Why.TIMED_OUT
        case _:
            return Why.TIMED_OUT if "Timeout" in type(cause).__name__ else None


def _why_proxy(cause: BaseException) -> Why | None:
    """Return why a proxy lets nothing through, if *cause* says so."""
    if isinstance(cause, socket.gaierror | ConnectionRefusedError):
        # Through a proxy only its own name is looked up and only its own port connected to.
        return Why.PROXY_UNREACHABLE
    # Of http.client, and of websockets, which has the proxy's whole answer.
    tunnel = _TUNNEL.search(str(cause)) if isinstance(cause, OSError) else None
    answer = getattr(cause, "response", None) if type(cause).__name__ == _PROXY_STATUS else None
    status = int(tunnel[1]) if tunnel else getattr(answer, "status_code", None)
    if status is None:
        return None
    return Why.PROXY_SIGN_IN if status == PROXY_SIGN_IN_STATUS else Why.PROXY_REFUSED


def _why_certificate(error: ssl.SSLCertVerificationError) -> Why:
    # X509_V_ERR_CERT_NOT_YET_VALID, _CERT_HAS_EXPIRED; _HOSTNAME_MISMATCH, _IP_ADDRESS_MISMATCH.
    # Source: openssl/x509_vfy.h.
    match error.verify_code:
        case 9 | 10:
            return Why.CERTIFICATE_EXPIRED
        case 62 | 64:
            return Why.CERTIFICATE_NAME
        case _:
            return Why.CERTIFICATE_UNTRUSTED


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield *error* and the exceptions that it wraps, innermost first."""
    found: list[BaseException] = []
    waiting: list[BaseException] = [error]
    while waiting:
        present = waiting.pop()
        if any(present is known for known in found):
            continue
        found.append(present)
        inner = (present.__cause__, present.__context__, getattr(present, "reason", None))
        waiting += [each for each in (*inner, *present.args) if isinstance(each, BaseException)]
    return reversed(found)
