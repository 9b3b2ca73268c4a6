"""The two tokens of a sign-in: renewed in time, by one thread at a time, and kept at once."""

import threading
import time
from collections.abc import Callable
from types import NoneType

from rescue_console.client.transport import Transport
from rescue_console.network.errors import Refused, SignedOut
from rescue_console.protocol.answers import TokenPair
from rescue_console.protocol.requests import Refresh, SignIn, SignOut

EARLY_S = 30.0
"""An access token with less than this left is renewed before it is used, in seconds."""


class Tokens:
    """The access and the refresh token of one sign-in.

    A refresh token is spent by its use, so its successor goes to *keep* before anything else
    happens. ``keep`` is called from whichever thread renews.
    """

    def __init__(self, transport: Transport, keep: Callable[[str], None]) -> None:
        self._transport = transport
        self._keep = keep
        self._lock = threading.RLock()
        self._access = ""
        self._refresh = ""
        self._good_until = 0.0

    def sign_in(self, email: str, password: str) -> None:
        """Exchange a password for tokens.

        Raises:
            Refused: wrong credentials, or too many attempts.
            ClientError: see ``Transport.send``.
        """
        body = SignIn(email=email, password=password)
        with self._lock:
            self._take(self._transport.send("POST", "/auth/token", TokenPair, body=body))

    def resume(self, refresh_token: str) -> None:
        """Go on with the sign-in that *refresh_token* is of.

        Raises:
            SignedOut: the token is spent, expired or revoked.
            ClientError: see ``Transport.send``.
        """
        with self._lock:
            self._refresh = refresh_token
            self._renew()

    def access_token(self) -> str:
        """Return an access token that is good for a while, renewed first when it must be.

        Raises:
            SignedOut: it cannot be renewed any more.
            ClientError: see ``Transport.send``.
        """
        with self._lock:
            if self.seconds_left() < EARLY_S:
                self._renew()
            return self._access

    def replace(self, refused: str) -> str:
        """Return another token than *refused*, which the server did not take.

        Raises:
            SignedOut: there is none.
        """
        with self._lock:
            if self._access == refused:
                self._renew()
            return self._access

    def seconds_left(self) -> float:
        """Return for how long the access token is good, in seconds; negative when it is not."""
        return self._good_until - time.monotonic()

    def sign_out(self) -> None:
        """End the sign-in here and, where the server can be reached, there."""
        with self._lock:
            refresh, access = self._refresh, self._access
            self._forget()
        if refresh:
            body = SignOut(refresh_token=refresh)
            self._transport.send("POST", "/auth/sign-out", NoneType, body=body, access_token=access)

    def _renew(self) -> None:
        if not self._refresh:
            raise SignedOut
        body = Refresh(refresh_token=self._refresh)
        try:
            pair = self._transport.send("POST", "/auth/refresh", TokenPair, body=body)
        except SignedOut:
            self._forget()
            raise
        except Refused as refusal:
            if refusal.problem.status not in (401, 403):
                raise
            self._forget()
            raise SignedOut(refusal.problem) from refusal
        self._take(pair)

    def _take(self, pair: TokenPair) -> None:
        self._refresh = pair.refresh_token
        self._keep(pair.refresh_token)
        self._access = pair.access_token
        self._good_until = time.monotonic() + pair.expires_in

    def _forget(self) -> None:
        self._access = self._refresh = ""
        self._good_until = 0.0
