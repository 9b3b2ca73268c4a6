import pytest

from rescue_console.client.credentials import KeyringTrouble
from rescue_console.desktop.words.keyring import keyring_text


def sentences() -> list[str]:
    return [keyring_text(trouble) for trouble in KeyringTrouble]


def test_each_trouble_of_the_keyring_has_its_own_words() -> None:
    assert len(set(sentences())) == len(KeyringTrouble)


@pytest.mark.usefixtures("french")
def test_each_trouble_of_the_keyring_has_its_own_french_words() -> None:
    assert len(set(sentences())) == len(KeyringTrouble)
    assert all("trousseau" in sentence for sentence in sentences())
