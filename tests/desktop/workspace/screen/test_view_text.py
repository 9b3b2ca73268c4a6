"""Each step that can fail has its own text in both languages, which says what to do."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from rescue_console.desktop.media.base import Failure, Hindrance, Statistics, Step
from rescue_console.desktop.workspace.screen.view_text import situation_text, statistics_text
from rescue_console.desktop.workspace.screen.viewing import ViewSituation, ViewState
from rescue_console.desktop.workspace.section.failure_text import failure_text

FAILURES = [
    *(Failure(step) for step in Step),
    *(Failure(Step.FINDING, known) for known in Hindrance if known is not Hindrance.UNKNOWN),
]


def english() -> dict[Failure, str]:
    return {failure: failure_text(failure) for failure in FAILURES}


def test_no_two_failures_read_the_same(qapp: QApplication) -> None:
    assert len(set(english().values())) == len(FAILURES)


@pytest.mark.parametrize("failure", FAILURES, ids=str)
def test_every_failure_says_what_to_do(qapp: QApplication, failure: Failure) -> None:
    assert any(word in failure_text(failure).lower() for word in ("ask", "tell it"))


def test_french_has_a_text_for_each(request: pytest.FixtureRequest, qapp: QApplication) -> None:
    before = english()
    request.getfixturevalue("french")
    after = english()
    assert len(set(after.values())) == len(FAILURES)
    assert not set(after.values()) & set(before.values())


def test_the_failure_stays_readable_during_the_next_attempt(qapp: QApplication) -> None:
    failure = Failure(Step.FINDING, Hindrance.NO_RELAY)
    texts = [
        situation_text(ViewSituation(state, step, failure))
        for state, step in (
            (ViewState.TRYING_AGAIN, Step.FINDING),
            (ViewState.CONNECTING, Step.SIGNALLING),
            (ViewState.CONNECTING, Step.ENCRYPTING),
        )
    ]
    assert all(text.startswith(failure_text(failure)) for text in texts)
    assert len(set(texts)) == 3


def test_without_the_server_nothing_else_is_said(qapp: QApplication) -> None:
    failure = Failure(Step.FINDING, Hindrance.NO_RELAY)
    text = situation_text(ViewSituation(ViewState.CONNECTING, Step.FINDING, failure, online=False))
    assert "server cannot be reached" in text
    assert failure_text(failure) not in text


def test_unknown_figures_are_shown_as_a_dash(qapp: QApplication) -> None:
    text = statistics_text(
        Statistics(
            size=QSize(),
            frames_per_second=0.0,
            painted_per_second=0.0,
            bits_per_second=0.0,
            lost=0.0,
            round_trip_s=None,
            local_way="",
            remote_way="",
            codec="",
        )
    )
    assert text.splitlines()[0] == "–"
    assert "Round trip: –" in text
    assert "Way: – ↔ –" in text
