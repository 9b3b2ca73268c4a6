"""When the connection for files to the page fails, the section says why."""

from collections.abc import Iterator

import pytest
import qasync
from pytestqt.qtbot import QtBot

from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.media.base import Failure, Hindrance, Step
from rescue_console.desktop.workspace.files.page_link import PageLink
from rescue_console.desktop.workspace.files.pane import FilesPane
from rescue_console.desktop.workspace.section.identity import Identity
from rescue_console.desktop.workspace.section.negotiation import UNANSWERED_MAX
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.signals import SignalKind
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.technicians.fake_calls import FakeCalls
from tests.stage.technicians.open_channel import OpenChannel
from tests.stage.technicians.sessions import ALICE, make_session

WAITING = "Waiting for the connection to the customer’s page."
NO_RELAY = Failure(Step.FINDING, Hindrance.NO_RELAY)
GRANTED = make_session(
    1, SessionStatus.ACTIVE, technician=ALICE, consents={Power.FILES: Consent.GRANTED}
)


@pytest.fixture
def link(qt_loop: qasync.QEventLoop, calls: FakeCalls) -> PageLink:
    return PageLink(calls, Identity())


@pytest.fixture
def situation(standing: Standing) -> Situation:
    return Situation(GRANTED, standing)


@pytest.fixture
def pane(link: PageLink, qtbot: QtBot, situation: Situation) -> Iterator[FilesPane]:
    channel = OpenChannel()
    channel.is_open = False
    pane = FilesPane(situation, channel, link)  # type: ignore[arg-type]  # the test is its other end
    qtbot.addWidget(pane)
    # The page is asked only when a test says so.
    link.negotiation._again.stop()
    yield pane
    pane.close()


def said(pane: FilesPane) -> str:
    return pane.ui.message.text()


def test_a_page_that_does_not_answer_is_reported_after_a_while(
    pane: FilesPane, link: PageLink, calls: FakeCalls, qtbot: QtBot
) -> None:
    for _ in range(UNANSWERED_MAX):
        link.negotiation._again.timeout.emit()
        assert said(pane) == WAITING
    link.negotiation._again.timeout.emit()
    assert link.failure == Failure(Step.SIGNALLING)
    assert said(pane).startswith("The customer’s page does not answer. ")
    assert said(pane).endswith(WAITING)
    qtbot.waitUntil(lambda: len(calls.signals) == UNANSWERED_MAX + 1)
    assert {signal.kind for signal in calls.signals} == {SignalKind.FILES_READY}


@pytest.mark.parametrize(
    ("step", "hindrance", "words"),
    [
        (Step.FINDING, Hindrance.NO_RELAY, "no TURN server is set up"),
        (Step.FINDING, Hindrance.RELAY_SILENT, "no TURN server answers"),
        (Step.ENCRYPTING, Hindrance.UNKNOWN, "could not agree on keys"),
        (Step.FIRST_FRAME, Hindrance.UNKNOWN, "page does not answer"),
        (Step.SHOWN, Hindrance.UNKNOWN, "The connection was lost."),
    ],
)
def test_the_step_that_failed_is_shown_until_the_link_is_open(
    pane: FilesPane, link: PageLink, step: Step, hindrance: Hindrance, words: str
) -> None:
    link.negotiation.lose(link.negotiation.number, Failure(step, hindrance))
    assert words in said(pane)
    assert ("With the applet" in said(pane)) == (step is Step.FINDING)
    link._on_opened(link.negotiation.number, "page")
    assert words not in said(pane)
    assert link.failure is None


def test_the_failure_is_forgotten_when_files_are_no_longer_granted(
    pane: FilesPane, link: PageLink, situation: Situation
) -> None:
    link.negotiation.lose(link.negotiation.number, NO_RELAY)
    situation.update(make_session(1, SessionStatus.ACTIVE, technician=ALICE))
    assert link.failure is None


@pytest.mark.usefixtures("french")
def test_the_failure_is_shown_in_french_too(pane: FilesPane, link: PageLink) -> None:
    link.negotiation.lose(link.negotiation.number, NO_RELAY)
    assert "Avec l’applet sur l’appareil du client" in said(pane)
