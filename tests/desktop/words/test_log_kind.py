import pytest

from rescue_console.desktop.words.log_kind import kind_text, what_text
from rescue_console.protocol.answers import LogEntry
from rescue_console.protocol.log_kinds import LOG_KINDS, ConsentChanged, LogKind, log_word
from tests.stage.technicians.sessions import START

each_kind = pytest.mark.parametrize("kind", LOG_KINDS, ids=log_word)


@each_kind
def test_every_kind_of_entry_has_words(kind: LogKind) -> None:
    text = what_text(LogEntry(at=START, what=log_word(kind)))
    assert "_" not in text
    assert text != log_word(kind)
    assert isinstance(kind, ConsentChanged) <= (": " in text)


@each_kind
def test_every_kind_of_entry_has_french_words(
    kind: LogKind, request: pytest.FixtureRequest
) -> None:
    english = kind_text(kind)
    request.getfixturevalue("french")
    assert "_" not in kind_text(kind)
    assert kind_text(kind) != english


def test_a_power_of_several_words_is_recognised() -> None:
    entry = LogEntry(at=START, what="file_manager_granted")
    assert what_text(entry) == "File manager: granted by the customer"


def test_what_this_version_does_not_know_is_shown_as_it_is() -> None:
    assert what_text(LogEntry(at=START, what="view_sideways")) == "view_sideways"
