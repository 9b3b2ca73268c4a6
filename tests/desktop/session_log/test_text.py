import pytest

from rescue_console.desktop.session_log.text import what_text
from rescue_console.protocol.answers import LogEntry
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.restart import RestartProblem
from tests.stage.technicians.sessions import START


@pytest.mark.parametrize("power", list(Power))
@pytest.mark.parametrize("consent", list(Consent))
def test_every_change_of_a_consent_has_words(power: Power, consent: Consent) -> None:
    text = what_text(LogEntry(at=START, what=f"{power}_{consent}"))
    assert "_" not in text
    assert ": " in text


@pytest.mark.parametrize("problem", list(RestartProblem))
def test_a_restart_that_did_not_happen_has_words(problem: RestartProblem) -> None:
    assert "_" not in what_text(LogEntry(at=START, what=f"restart_{problem}"))


@pytest.mark.parametrize("what", ["recording_on", "recording_off"])
def test_a_recording_has_words(what: str) -> None:
    assert "_" not in what_text(LogEntry(at=START, what=what))


def test_a_longer_name_of_a_power_is_read_whole() -> None:
    entry = LogEntry(at=START, what="file_manager_granted")
    assert what_text(entry) == "File manager: granted by the customer"


def test_what_this_version_does_not_know_is_shown_as_it_is() -> None:
    assert what_text(LogEntry(at=START, what="view_sideways")) == "view_sideways"
