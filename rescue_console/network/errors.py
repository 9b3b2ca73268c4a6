"""What can go wrong between a program and the server, as one tree.

    ClientError
    ├── Unreachable      no answer came: the network, the address, the certificate
    ├── Refused          the server answered with a problem that a person can act on
    │   └── (``problem.word`` says which, see protocol.problems)
    ├── SignedOut        the sign-in has ended: sign in again
    └── Misunderstood    an answer came that is not part of our protocol

The messages here are in English, for the log; a screen uses ``why`` and ``problem`` to explain the
error in the user's language.
"""

from enum import Enum

from rescue_console.protocol.problems import Problem


class ClientError(Exception):
    """Base of all errors between a program and the server."""


class Why(Enum):
    """Why the server could not be reached."""

    NAME_UNKNOWN = "the server's name is unknown"
    CONNECTION_REFUSED = "nothing answers at this address"
    TIMED_OUT = "the server did not answer in time"
    CERTIFICATE_EXPIRED = "the server's certificate has expired"
    CERTIFICATE_NAME = "the server's certificate is for another name"
    CERTIFICATE_UNTRUSTED = "the server's certificate is from an issuer unknown to this computer"
    NOT_TLS = "the server does not speak TLS at this address"
    LOST = "the connection was lost"
    UNAVAILABLE = "the server is not ready"
    PROXY_UNUSABLE = "this proxy cannot be used"
    PROXY_UNREACHABLE = "the proxy cannot be reached"
    PROXY_SIGN_IN = "the proxy wants a user name and a password"
    PROXY_REFUSED = "the proxy does not let the connection through"


class Unreachable(ClientError):
    """No answer came from the server; ``proxy`` names the proxy where that is the cause."""

    def __init__(self, why: Why, detail: str = "", proxy: str = "") -> None:
        said = "; ".join(part for part in (proxy, detail) if part)
        super().__init__(f"{why.value} ({said})" if said else why.value)
        self.why = why
        self.detail = detail
        self.proxy = proxy


class Refused(ClientError):
    """The server answered that it does not do what was asked."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.word}: {problem.detail}")
        self.problem = problem


class SignedOut(ClientError):
    """The sign-in has ended, or there is none; ``problem`` says why, if the server did."""

    def __init__(self, problem: Problem | None = None) -> None:
        super().__init__(problem.detail if problem else "Not signed in.")
        self.problem = problem


class Misunderstood(ClientError):
    """The answer is not part of our protocol: it came from another program or version."""
