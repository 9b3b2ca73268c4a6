"""Keeps sign-ins from one start to the next: in the system's keyring, and nowhere else.

Without a working keyring, a refresh token lives as long as the program does; it is never written to
a file. All calls block, for PATIENCE_S at most: use them from a thread.
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
"""How long a keyring may take, in seconds, including a person's typing of its password."""

_log = logging.getLogger(__name__)


class KeyringUnusable(ClientError):
    """There is no usable keyring, or it does not answer; the message says why."""


class Credentials:
    """Refresh tokens by server and e-mail address, and what servers know this device by.

    Attributes:
        persistent: Whether the keyring has worked so far; after a failure it is not used again.
    """

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._patience_s = patience_s
        self._memory: dict[str, str] = {}
        self.persistent = True

    def load(self, server_url: str, email: str) -> str | None:
        """Return the refresh token kept for this account, if any."""
        return self._load(_user(server_url, email))

    def store(self, server_url: str, email: str, refresh_token: str) -> None:
        """Keep *refresh_token* for this account, in place of any earlier one."""
        self._store(_user(server_url, email), refresh_token)

    def load_device(self, server_url: str, email: str) -> str | None:
        """Return what the server knows this device by, if anything."""
        return self._load(_device_user(server_url, email))

    def store_device(self, server_url: str, email: str, device: str) -> None:
        """Keep what the server knows this device by; it stays when the sign-in is forgotten."""
        self._store(_device_user(server_url, email), device)

    def forget(self, server_url: str, email: str) -> None:
        """Forget this account's refresh token."""
        user = _user(server_url, email)
        self._memory.pop(user, None)
        self._try(lambda: _keyring_delete(user))

    def _load(self, user: str) -> str | None:
        kept = self._memory.get(user)
        return kept if kept is not None else self._try(lambda: _keyring_get(user))

    def _store(self, user: str, token: str) -> None:
        self._try(lambda: _keyring_set(user, token))
        if not self.persistent:
            self._memory[user] = token

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


def _device_user(server_url: str, email: str) -> str:
    return f"{_user(server_url, email)} device"


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
    """Refuse a backend that keeps nothing, or that keeps secrets in a plain file.

    Raises:
        KeyringUnusable: the backend is one of these.
    """
    import keyring

    module = type(keyring.get_keyring()).__module__
    if module.startswith(("keyring.backends.null", "keyring.backends.fail", "keyrings.alt")):
        raise KeyringUnusable(f"the only backend is {module}")


def _within(patience_s: float, operation: Callable[[], T]) -> T:
    """Return what *operation* returns; run it in a thread that does not keep the program alive.

    Backends raise whatever their system's library raises, so any exception means "unusable".

    Raises:
        KeyringUnusable: it failed or took longer than *patience_s* seconds.
    """
    answers: SimpleQueue[tuple[T, None] | tuple[None, Exception]] = SimpleQueue()

    def work() -> None:
        try:
            answers.put((operation(), None))
        except Exception as error:
            # Backends raise exceptions of any kind; the waiting thread reports them.
            answers.put((None, error))

    threading.Thread(target=work, name="keyring", daemon=True).start()
    try:
        value, error = answers.get(timeout=patience_s)
    except Empty:
        raise KeyringUnusable(f"no answer within {patience_s:g} s") from None
    if error is not None:
        raise KeyringUnusable(f"{type(error).__name__}: {error}") from error
    return value  # type: ignore[return-value]
