"""Each reason why a power is not there has its own sentence in both languages, with a way on."""

import pytest
from PySide6.QtWidgets import QApplication

from rescue_console.desktop.words.log_kind import detail_text, what_text
from rescue_console.desktop.words.power import consent_text
from rescue_console.desktop.words.power_hindrance import power_hindrance_text
from rescue_console.desktop.workspace.screen.view_text import situation_text
from rescue_console.desktop.workspace.screen.viewing import ViewSituation, ViewState
from rescue_console.protocol.answers import LogEntry
from rescue_console.protocol.hindrances import PowerHindrance
from rescue_console.protocol.powers import Consent
from tests.stage.technicians.sessions import START

CAMERAS = [word for word in PowerHindrance if word.startswith("camera_")]


def english() -> dict[PowerHindrance, str]:
    return {word: power_hindrance_text(word) for word in PowerHindrance}


def test_no_two_read_the_same_and_each_has_a_way_on(qapp: QApplication) -> None:
    sentences = english().values()
    assert len(set(sentences)) == len(PowerHindrance)
    ways = ("Ask them", "ask them", "ask again", "send a new link")
    assert [text for text in sentences if not any(way in text for way in ways)] == []


def test_french_has_a_sentence_for_each(request: pytest.FixtureRequest, qapp: QApplication) -> None:
    before = english()
    request.getfixturevalue("french")
    after = english()
    assert len(set(after.values())) == len(PowerHindrance)
    assert not set(after.values()) & set(before.values())


@pytest.mark.parametrize("word", CAMERAS)
def test_a_camera_is_not_called_a_screen(qapp: QApplication, word: PowerHindrance) -> None:
    text = power_hindrance_text(word)
    assert "camera" in text
    assert word is PowerHindrance.CAMERA_ONLY or "screen" not in text


def test_a_camera_that_is_shown_is_called_a_camera(qapp: QApplication) -> None:
    shown = ViewSituation(ViewState.SHOWN, hindrance=PowerHindrance.CAMERA_ONLY)
    assert situation_text(shown) == "You see what the customer’s camera sees."


@pytest.mark.parametrize("word", ["sideways", "<b>sideways</b>"])
def test_the_word_of_a_later_version_is_shown_as_it_is(qapp: QApplication, word: str) -> None:
    assert word in power_hindrance_text(word)
    assert word in situation_text(ViewSituation(ViewState.DENIED, hindrance=word))
    assert consent_text(Consent.DENIED, word) == "not possible"


@pytest.mark.parametrize("word", ["", *PowerHindrance])
def test_only_saying_no_is_called_declined(qapp: QApplication, word: str) -> None:
    text = situation_text(ViewSituation(ViewState.DENIED, hindrance=word))
    said_no = word in ("", PowerHindrance.DECLINED)
    assert ("has declined" in text) is said_no
    assert (consent_text(Consent.DENIED, word) == "denied") is said_no


def test_while_the_customer_is_asked_both_the_wait_and_the_reason_are_shown(
    qapp: QApplication,
) -> None:
    word = PowerHindrance.DENIED_BY_SYSTEM
    text = situation_text(ViewSituation(ViewState.ASKED, hindrance=word))
    assert text.startswith("Waiting for the customer")
    assert text.endswith(power_hindrance_text(word))


@pytest.mark.parametrize(
    ("detail", "what", "more"),
    [
        ("", "See the screen: denied or taken back by the customer", ""),
        ("declined", "See the screen: denied by the customer", ""),
        ("taken_back", "See the screen: taken back by the customer", ""),
        (
            "blocked",
            "See the screen: not possible on the customer’s side",
            power_hindrance_text(PowerHindrance.BLOCKED),
        ),
    ],
)
def test_the_log_tells_them_apart(qapp: QApplication, detail: str, what: str, more: str) -> None:
    entry = LogEntry(at=START, what="view_denied", detail=detail)
    assert (what_text(entry), detail_text(entry)) == (what, more)
