"""The key of one press: the same while it is retried, another for anything else."""

from rescue_console.desktop.link.retry_key import RetryKey
from rescue_console.protocol.choices import ConnectionMethod
from rescue_console.protocol.limits import IDEMPOTENCY_KEY_MAX
from rescue_console.protocol.requests import CreateSession


def request(name: str) -> CreateSession:
    return CreateSession(method=ConnectionMethod.EMAIL, name=name)


def test_a_retry_of_the_same_request_has_the_same_key() -> None:
    key = RetryKey()
    assert key.key(request("Anna")) == key.key(request("Anna"))


def test_a_changed_request_has_another_key() -> None:
    key = RetryKey()
    assert key.key(request("Anna")) != key.key(request("Bert"))


def test_the_next_press_after_a_success_has_another_key() -> None:
    key = RetryKey()
    first = key.key(request("Anna"))
    key.succeeded()
    assert key.key(request("Anna")) != first


def test_a_key_has_a_size_that_the_server_accepts() -> None:
    assert 16 <= len(RetryKey().key(request("Anna"))) <= IDEMPOTENCY_KEY_MAX
