"""Where a sign-in is kept across starts: the system's keyring, and nowhere else.

Without a keyring that works the refresh token lives as long as the program does. It is never
written to a file. All calls block, at most some seconds each: use them from a thread.
"""

import logging
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import TypeVar

from rescue_console.network.errors import ClientError
from rescue_console.protocol.domain_names import fold_address

T = TypeVar("T")

SERVICE = "Rescue Console"
PATIENCE_S = 30.0
"""How long a keyring may take, which includes a person typing the password that opens it."""

_log = logging.getLogger(__name__)


class KeyringUnusable(ClientError):
    """There is no keyring, or it does not answer; the message is its own words."""


class Credentials:
    """Refresh tokens by server and e-mail address.

    Attributes:
        persistent: Whether the keyring has worked so far; once it failed it is not asked again.
    """

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._patience_s = patience_s
        self._memory: dict[str, str] = {}
        self.persistent = True

    def load(self, server_url: str, email: str) -> str | None:
        """Return the refresh token kept for this account, if any."""
        user = _user(server_url, email)
        kept = self._memory.get(user)
        return kept if kept is not None else self._try(lambda: _keyring_get(user))

    def store(self, server_url: str, email: str, refresh_token: str) -> None:
        """Keep the refresh token of this account in place of the one before."""
        user = _user(server_url, email)
        self._try(lambda: _keyring_set(user, refresh_token))
        if not self.persistent:
            self._memory[user] = refresh_token

    def forget(self, server_url: str, email: str) -> None:
        """Keep nothing of this account any more."""
        user = _user(server_url, email)
        self._memory.pop(user, None)
        self._try(lambda: _keyring_delete(user))

    def _try(self, operation: Callable[[], T]) -> T | None:
        if not self.persistent:
            return None
        try:
            return _within(self._patience_s, operation)
        except KeyringUnusable as error:
            _log.warning("No usable keyring, so this sign-in ends with the program: %s", error)
            self.persistent = False
            return None


def _user(server_url: str, email: str) -> str:
    return f"{fold_address(email)} {server_url}"


def _keyring_get(user: str) -> str | None:
    import keyring

    _refuse_sham_backends()
    return keyring.get_password(SERVICE, user)


def _keyring_set(user: str, token: str) -> None:
    import keyring

    _refuse_sham_backends()
    keyring.set_password(SERVICE, user, token)


def _keyring_delete(user: str) -> None:
    import keyring
    from keyring.errors import PasswordDeleteError

    _refuse_sham_backends()
    try:
        keyring.delete_password(SERVICE, user)
    except PasswordDeleteError:
        _log.debug("There was nothing to forget.")


def _refuse_sham_backends() -> None:
    """Refuse a backend that forgets, or that keeps secrets in a file in plain sight.

    Raises:
        KeyringUnusable: the backend is of that kind.
    """
    import keyring

    module = type(keyring.get_keyring()).__module__
    if module.startswith(("keyring.backends.null", "keyring.backends.fail", "keyrings.alt")):
        raise KeyringUnusable(f"the only backend is {module}")


def _within(patience_s: float, operation: Callable[[], T]) -> T:
    """Return what *operation* returns, on a thread that does not keep the program from ending.

    Backends raise what their system's library raises, so everything counts as "unusable".

    Raises:
        KeyringUnusable: it failed or took longer than *patience_s* seconds.
    """
    answers: SimpleQueue[tuple[T, None] | tuple[None, Exception]] = SimpleQueue()

    def work() -> None:
        try:
            answers.put((operation(), None))
        except Exception as error:
            # Keyring backends raise what they like; whatever it is, it is handed over and reported.
            answers.put((None, error))

    threading.Thread(target=work, name="keyring", daemon=True).start()
    try:
        value, error = answers.get(timeout=patience_s)
    except Empty:
        raise KeyringUnusable(f"no answer within {patience_s:g} s") from None
    if error is not None:
        raise KeyringUnusable(f"{type(error).__name__}: {error}") from error
    return value  # type: ignore[return-value]
