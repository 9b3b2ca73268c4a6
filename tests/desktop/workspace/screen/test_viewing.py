"""Whatever went wrong, the picture is tried for again."""

import qasync
from pytestqt.qtbot import QtBot

from rescue_console.desktop.media.base import MediaEngine
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.workspace.screen.viewing import Viewing, ViewState
from rescue_console.protocol.hindrances import PowerHindrance
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.signals import Signal, SignalKind
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.technicians.fake_calls import FakeCalls
from tests.stage.technicians.sessions import ALICE, make_session

WAIT_MS = 20_000


async def no_engine(events: object) -> MediaEngine:
    raise RuntimeError("no such codec")


def test_a_fault_of_the_engine_is_reported_and_followed_by_another_attempt(
    calls: FakeCalls, qt_loop: qasync.QEventLoop, qtbot: QtBot, expected_errors: list[str]
) -> None:
    expected_errors.append("answer an offer")
    jobs = Jobs()
    viewing = Viewing(calls, no_engine, jobs)
    granted = {Power.VIEW: Consent.GRANTED}
    viewing.set_session(make_session(1, SessionStatus.ACTIVE, technician=ALICE, consents=granted))
    with qtbot.waitSignal(jobs.failed, timeout=WAIT_MS):
        viewing.on_signal(Signal(kind=SignalKind.OFFER, body="{}"))
    assert viewing.situation.state is ViewState.TRYING_AGAIN
    assert viewing.situation.may_try_again
    closing = qt_loop.create_task(viewing.aclose())
    qtbot.waitUntil(closing.done, timeout=WAIT_MS)


def test_a_server_that_gives_no_reason_does_not_make_stopping_a_refusal(
    calls: FakeCalls, qt_loop: qasync.QEventLoop, qtbot: QtBot
) -> None:
    viewing = Viewing(calls, no_engine, Jobs())
    for consent, hindrance in (
        (Consent.ASKED, ""),
        (Consent.DENIED, ""),
        (Consent.ASKED, ""),
        (Consent.GRANTED, ""),
        (Consent.DENIED, PowerHindrance.TAKEN_BACK),
        (Consent.DENIED, PowerHindrance.TAKEN_BACK),
    ):
        consents = {Power.VIEW: consent}
        session = make_session(1, SessionStatus.ACTIVE, technician=ALICE, consents=consents)
        viewing.set_session(session)
        assert viewing.situation.hindrance == hindrance
    closing = qt_loop.create_task(viewing.aclose())
    qtbot.waitUntil(closing.done, timeout=WAIT_MS)
