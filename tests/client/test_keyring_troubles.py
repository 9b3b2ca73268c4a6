"""Why a keyring keeps nothing: it is absent, locked, or its question was cancelled."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing

import keyring
import keyring.errors
import pytest
import secretstorage
from keyring.backend import KeyringBackend
from keyring.backends import SecretService
from secretstorage.exceptions import (
    LockedException,
    PromptDismissedException,
    SecretServiceNotAvailableException,
)

from rescue_console.client.credentials import Credentials, KeyringTrouble
from tests.stage.servers.keyring import keyring_session

URL = "https://help.example.org"
EMAIL = "a@example.org"


class FailingKeyring(KeyringBackend):
    """A keyring that answers everything with an error."""

    priority = 1

    def __init__(self, error: Exception, cause: Exception | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._error, self._cause = error, cause

    def get_password(self, service: str, username: str) -> str | None:
        raise self._error from self._cause

    def set_password(self, service: str, username: str, password: str) -> None:
        raise self._error from self._cause


@pytest.fixture
def use() -> Iterator[Callable[[KeyringBackend], None]]:
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


# The words are those of the backends of keyring 25 and of secretstorage 3.
@pytest.mark.parametrize(
    ("error", "cause", "trouble"),
    [
        (keyring.errors.NoKeyringError("No recommended backend was available."), None, "ABSENT"),
        (SecretServiceNotAvailableException("The name is not activatable"), None, "ABSENT"),
        (
            keyring.errors.InitError("Failed to create the collection: The name is unknown."),
            SecretServiceNotAvailableException("The name is unknown"),
            "ABSENT",
        ),
        (keyring.errors.KeyringLocked("Failed to unlock the collection!"), None, "LOCKED"),
        (keyring.errors.KeyringLocked("Failed to unlock the keyring!"), None, "LOCKED"),
        (LockedException("Collection is locked!"), None, "LOCKED"),
        (PromptDismissedException("Prompt dismissed."), None, "CANCELLED"),
        (
            keyring.errors.InitError("Failed to create the collection: Prompt dismissed.."),
            PromptDismissedException("Prompt dismissed."),
            "CANCELLED",
        ),
        (
            keyring.errors.KeyringLocked(
                "Can't get password from keychain: (-128, 'Keychain Access Denied')"
            ),
            None,
            "CANCELLED",
        ),
        (keyring.errors.PasswordSetError("Cancelled by user"), None, "CANCELLED"),
        (OSError("disk full"), None, "FAILED"),
    ],
    ids=repr,
)
def test_the_trouble_is_told_apart(
    error: Exception,
    cause: Exception | None,
    trouble: str,
    use: Callable[[KeyringBackend], None],
) -> None:
    use(FailingKeyring(error, cause))
    reading, writing = Credentials(), Credentials()
    reading.load(URL, EMAIL)
    writing.store(URL, EMAIL, "token")
    assert reading.trouble is writing.trouble is KeyringTrouble[trouble]


def test_a_backend_that_keeps_nothing_is_absent() -> None:
    credentials = Credentials()
    assert credentials.load(URL, EMAIL) is None
    assert credentials.trouble is KeyringTrouble.ABSENT


@pytest.mark.starts_programs
def test_a_real_keyring_that_is_not_unlocked_counts_as_cancelled_and_loses_nothing(
    use: Callable[[KeyringBackend], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with keyring_session(os.environ) as session:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", session["DBUS_SESSION_BUS_ADDRESS"])
        use(SecretService.Keyring())  # type: ignore[no-untyped-call]
        Credentials().store(URL, EMAIL, "token")
        with closing(secretstorage.dbus_init()) as bus:
            # There is no screen here for the keyring to ask on, so its question is dismissed.
            secretstorage.get_default_collection(bus).lock()
        credentials = Credentials()
        assert credentials.load(URL, EMAIL) is None
        assert credentials.trouble is KeyringTrouble.CANCELLED
        credentials.store(URL, EMAIL, "another")
        assert credentials.load(URL, EMAIL) == "another"
