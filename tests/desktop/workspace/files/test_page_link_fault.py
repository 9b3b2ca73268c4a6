"""A fault while answering the page does not end the connection for files for good."""

from collections.abc import Iterator

import pytest
import qasync
from pytestqt.qtbot import QtBot

from rescue_console.desktop.media.certificate import Certificate
from rescue_console.desktop.workspace.files.page_link import PageLink
from rescue_console.desktop.workspace.section.identity import Identity
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.signals import Signal, SignalKind
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.technicians.fake_calls import FakeCalls
from tests.stage.technicians.sessions import ALICE, make_session

WAIT_MS = 30_000
GRANTED = make_session(
    1, SessionStatus.ACTIVE, technician=ALICE, consents={Power.FILES: Consent.GRANTED}
)


class FaultyIdentity(Identity):
    """Fails to make a certificate, for a reason that nobody expects."""

    async def certificate(self) -> Certificate:
        raise ZeroDivisionError


@pytest.fixture
def link(qt_loop: qasync.QEventLoop, calls: FakeCalls, qtbot: QtBot) -> Iterator[PageLink]:
    link = PageLink(calls, FaultyIdentity())
    yield link
    closing = qt_loop.create_task(link.aclose())
    qtbot.waitUntil(closing.done, timeout=WAIT_MS)


def test_the_page_is_asked_for_another_offer_and_the_fault_is_reported(
    link: PageLink, qtbot: QtBot, expected_errors: list[str]
) -> None:
    expected_errors.append("The job answer an offer failed")
    link.set_session(GRANTED)
    with qtbot.waitSignal(link.failed, timeout=WAIT_MS):
        link.on_signal(Signal(kind=SignalKind.FILES_OFFER, body="v=0"))
        assert not link.negotiation._again.isActive()
    assert link.negotiation._again.isActive()
