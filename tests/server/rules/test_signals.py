"""A technician's signals reach the customer's side only for what the customer has agreed to."""

import pytest

from rescue_console.protocol.customer import Answered
from rescue_console.protocol.powers import Power
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import SendSignal
from rescue_console.protocol.signals import SignalKind
from tests.server.rules.refused import refused
from tests.server.workplace import Workplace


@pytest.mark.parametrize(
    ("kind", "power"),
    [
        (SignalKind.ANSWER, Power.VIEW),
        (SignalKind.VIEW_READY, Power.VIEW),
        (SignalKind.FILES_ANSWER, Power.FILES),
        (SignalKind.FILES_CANDIDATE, Power.FILES),
        (SignalKind.FILES_READY, Power.FILES),
    ],
)
async def test_a_signal_needs_the_power_that_it_is_for(
    work: Workplace, kind: SignalKind, power: Power
) -> None:
    session, _ = await work.active("nora")
    caller = await work.caller("nora")
    parts = work.parts
    other = Power.FILES if power is Power.VIEW else Power.VIEW
    for asked in (other, power):
        with refused(ProblemWord.STATUS_CONFLICT):
            await parts.signals.send(caller, session.id, SendSignal(kind=kind))
        await parts.powers.ask(caller, session.id, asked)
        await parts.helping.answered(session.id, Answered(power=asked, granted=True))
    await parts.signals.send(caller, session.id, SendSignal(kind=kind))
