"""Keeps secrets from one start to the next: in the system's keyring, and nowhere else.

Without a working keyring, a refresh token lives as long as the program does; it is never written to
a file. All calls block, for PATIENCE_S at most: use them from a thread.
"""

import logging
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from enum import Enum, auto
from queue import Empty, SimpleQueue
from typing import TypeVar

from rescue_console.network.errors import ClientError
from rescue_console.protocol.domain_names import fold_address

T = TypeVar("T")

SERVICE = "Rescue Console"
PATIENCE_S = 30.0
"""How long a keyring may take, in seconds, including a person's typing of its password."""

_log = logging.getLogger(__name__)


class KeyringTrouble(Enum):
    """Why the keyring keeps nothing."""

    ABSENT = auto()
    """There is none, or only one that keeps nothing or keeps secrets in a plain file."""
    LOCKED = auto()
    """It is locked and was not unlocked."""
    CANCELLED = auto()
    """It asked for its password, and the person cancelled."""
    SILENT = auto()
    """It has not answered in time; perhaps it still asks for its password."""
    FAILED = auto()
    """It answered with an error."""


class KeyringUnusable(ClientError):
    """There is no usable keyring, or it does not answer; the message says why."""

    def __init__(self, trouble: KeyringTrouble, detail: str) -> None:
        super().__init__(f"{trouble.name.lower()}: {detail}")
        self.trouble = trouble


class Credentials:
    """Secrets by place and user: refresh tokens, device names, proxy passwords.

    Attributes:
        trouble: Why the keyring is not used; after its first failure it is not asked again.
    """

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._patience_s = patience_s
        self._memory: dict[str, str] = {}
        self.trouble: KeyringTrouble | None = None

    @property
    def persistent(self) -> bool:
        """Whether the keyring has worked so far."""
        return self.trouble is None

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
            _log.warning("No usable keyring, so nothing is kept after the program ends: %s", error)
            self.trouble = error.trouble
            return None


def _user(server_url: str, email: str) -> str:
    return f"{fold_address(email)} {server_url}"


def _device_user(server_url: str, email: str) -> str:
    return f"{_user(server_url, email)} device"


def _keyring_get(user: str) -> str | None:
    import keyring

    _make_ready()
    return keyring.get_password(SERVICE, user)


def _keyring_set(user: str, token: str) -> None:
    import keyring

    _make_ready()
    keyring.set_password(SERVICE, user, token)


def _keyring_delete(user: str) -> None:
    import keyring
    from keyring.errors import PasswordDeleteError

    _make_ready()
    try:
        keyring.delete_password(SERVICE, user)
    except PasswordDeleteError:
        _log.debug("There was nothing to forget.")


def _make_ready() -> None:
    """Have the keyring unlocked.

    Raises:
        KeyringUnusable: it keeps nothing, or the person does not want to unlock it.
    """
    import keyring

    backend = keyring.get_keyring()
    # Where there are several, the first of a chain is asked first.
    first = next(iter(getattr(backend, "backends", ())), backend)
    module = type(first).__module__
    if module.startswith(("keyring.backends.null", "keyring.backends.fail", "keyrings.alt")):
        raise KeyringUnusable(KeyringTrouble.ABSENT, f"the only backend is {module}")
    if sys.platform == "linux" and module.startswith("keyring.backends.SecretService"):
        _unlock_secret_service()


def _unlock_secret_service() -> None:
    """Have the keyring of a Linux desktop unlocked: ``keyring`` does not tell how that went."""
    import secretstorage

    with closing(secretstorage.dbus_init()) as bus:
        collection = secretstorage.get_default_collection(bus)
        if collection.is_locked() and collection.unlock():
            raise KeyringUnusable(KeyringTrouble.CANCELLED, "the question was dismissed")


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
        detail = f"no answer within {patience_s:g} s"
        raise KeyringUnusable(KeyringTrouble.SILENT, detail) from None
    if isinstance(error, KeyringUnusable):
        raise error
    if error is not None:
        raise KeyringUnusable(_trouble_of(error), f"{type(error).__name__}: {error}") from error
    return value  # type: ignore[return-value]


_CANCELLED = ("dismissed", "cancel", "-128")
"""What the backends say of a person who cancelled; -128 is ``errSecUserCanceled`` of macOS."""
_TROUBLES = {
    "PromptDismissedException": KeyringTrouble.CANCELLED,
    "LockedException": KeyringTrouble.LOCKED,
    "KeyringLocked": KeyringTrouble.LOCKED,
    "NoKeyringError": KeyringTrouble.ABSENT,
    "SecretServiceNotAvailableException": KeyringTrouble.ABSENT,
}
"""The exceptions of ``keyring`` and of ``secretstorage``, which only Linux has, by name."""


def _trouble_of(error: BaseException) -> KeyringTrouble:
    """Tell which trouble *error* means; what it was raised from may say more than it does."""
    chain = [error]
    while (cause := chain[-1].__cause__ or chain[-1].__context__) is not None:
        chain.append(cause)
    if any(word in str(each).casefold() for each in chain for word in _CANCELLED):
        return KeyringTrouble.CANCELLED
    known = [_TROUBLES[name] for each in chain if (name := type(each).__name__) in _TROUBLES]
    return known[-1] if known else KeyringTrouble.FAILED
