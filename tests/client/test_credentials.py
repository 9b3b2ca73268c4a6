import threading
from collections.abc import Callable, Iterator

import keyring
import keyring.errors
import pytest
from keyring.backend import KeyringBackend

from rescue_console.client.credentials import SERVICE, Credentials
from tests.stage.technicians.memory_keyring import MemoryKeyring

URL = "https://help.example.org"


class LockedKeyring(MemoryKeyring):
    """A keyring whose password the user does not type."""

    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked("dismissed")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise keyring.errors.KeyringLocked("dismissed")


class SilentKeyring(MemoryKeyring):
    """A keyring that does not answer until the test is over."""

    over = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.over.wait()
        return None


@pytest.fixture
def use() -> Iterator[Callable[[KeyringBackend], None]]:
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


def test_a_sign_in_is_kept_in_the_keyring_by_server_and_address(
    use: Callable[[KeyringBackend], None],
) -> None:
    backend = MemoryKeyring()
    use(backend)
    Credentials().store(URL, "Anna@example.org", "token")
    assert backend.kept == {(SERVICE, f"anna@example.org {URL}"): "token"}
    assert Credentials().load(URL, "anna@example.org") == "token"


def test_a_forgotten_token_is_gone(use: Callable[[KeyringBackend], None]) -> None:
    use(MemoryKeyring())
    credentials = Credentials()
    credentials.store(URL, "a@example.org", "token")
    credentials.forget(URL, "a@example.org")
    credentials.forget(URL, "a@example.org")
    assert credentials.load(URL, "a@example.org") is None
    assert credentials.persistent


def test_without_a_keyring_a_sign_in_lives_as_long_as_the_program() -> None:
    credentials = Credentials()
    credentials.store(URL, "a@example.org", "token")
    assert not credentials.persistent
    assert credentials.load(URL, "a@example.org") == "token"
    assert Credentials().load(URL, "a@example.org") is None


def test_a_keyring_that_stays_locked_counts_as_none(
    use: Callable[[KeyringBackend], None],
) -> None:
    use(LockedKeyring())
    credentials = Credentials()
    assert credentials.load(URL, "a@example.org") is None
    assert not credentials.persistent


def test_a_keyring_that_does_not_answer_blocks_nothing(
    use: Callable[[KeyringBackend], None],
) -> None:
    use(SilentKeyring())
    credentials = Credentials(patience_s=0.05)
    assert credentials.load(URL, "a@example.org") is None
    assert not credentials.persistent
    SilentKeyring.over.set()


def test_a_device_stays_known_when_its_sign_in_is_forgotten(
    use: Callable[[KeyringBackend], None],
) -> None:
    use(MemoryKeyring())
    credentials = Credentials()
    credentials.store(URL, "a@example.org", "token")
    credentials.store_device(URL, "a@example.org", "device")
    credentials.forget(URL, "a@example.org")
    assert Credentials().load(URL, "a@example.org") is None
    assert Credentials().load_device(URL, "A@example.org") == "device"
    assert Credentials().load_device(URL, "b@example.org") is None
