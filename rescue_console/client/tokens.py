"""The two tokens of a sign-in: renewed in time, by one thread at a time, and stored at once."""

import threading
import time
from collections.abc import Callable
from types import NoneType

from msgspec import UNSET

from rescue_console.client.transport import Transport
from rescue_console.network.errors import Refused, SignedOut
from rescue_console.protocol.answers import TokenPair
from rescue_console.protocol.requests import Refresh, SignIn, SignOut

EARLY_S = 30.0
"""An access token that is valid for less than this is renewed before it is used, in seconds."""


class Tokens:
    """The access token and the refresh token of one sign-in.

    A refresh token can be used only once, so its successor is passed to *keep* before anything else
    happens. *keep* is called from the thread that renews. What the server gives to know this device
    by is passed to *keep_device*.
    """

    def __init__(
        self,
        transport: Transport,
        keep: Callable[[str], None],
        keep_device: Callable[[str], None] = lambda _device: None,
    ) -> None:
        self._transport = transport
        self._keep = keep
        self._keep_device = keep_device
        self._lock = threading.RLock()
        self._access = ""
        self._refresh = ""
        self._good_until = 0.0

    def sign_in(self, email: str, password: str, device: str | None = None) -> None:
        """Exchange a password for tokens; *device* is what the last sign-in here kept, if any.

        Raises:
            Refused: wrong credentials, or too many attempts.
            ClientError: see ``Transport.send``.
        """
        body = SignIn(email=email, password=password, device=device or UNSET)
        with self._lock:
            pair = self._transport.send("POST", "/auth/token", TokenPair, body=body)
            self._store(pair)
            if pair.device is not None:
                self._keep_device(pair.device)

    def resume(self, refresh_token: str) -> None:
        """Continue the sign-in that *refresh_token* belongs to.

        Raises:
            SignedOut: the token was used before, has expired or was revoked.
            ClientError: see ``Transport.send``.
        """
        with self._lock:
            self._refresh = refresh_token
            self._renew()

    def access_token(self) -> str:
        """Return an access token that is valid for at least EARLY_S, renewing it if necessary.

        Raises:
            SignedOut: it can no longer be renewed.
            ClientError: see ``Transport.send``.
        """
        with self._lock:
            if self.seconds_left() < EARLY_S:
                self._renew()
            return self._access

    def replace(self, refused: str) -> str:
        """Return an access token other than *refused*, which the server has refused.

        Raises:
            SignedOut: it can no longer be renewed.
            ClientError: see ``Transport.send``.
        """
        with self._lock:
            if self._access == refused:
                self._renew()
            return self._access

    def seconds_left(self) -> float:
        """Return for how many seconds the access token is still valid; negative once expired."""
        return self._good_until - time.monotonic()

    def sign_out(self) -> None:
        """Forget the tokens, and end the sign-in on the server.

        Raises:
            ClientError: see ``Transport.send``; the tokens are forgotten even then.
        """
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
        self._store(pair)

    def _store(self, pair: TokenPair) -> None:
        self._refresh = pair.refresh_token
        self._keep(pair.refresh_token)
        self._access = pair.access_token
        self._good_until = time.monotonic() + pair.expires_in

    def _forget(self) -> None:
        self._access = self._refresh = ""
        self._good_until = 0.0
