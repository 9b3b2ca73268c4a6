"""What several nodes record about one customer, and which connection of an applet counts."""

import pytest

from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.parts import Parts
from rescue_console.server.rules.clockwork import presence
from rescue_console.server.rules.clockwork.presence import SILENT
from tests.stage.rules.workplace import Workplace
from tests.stage.until import until_here

S = SessionStatus


async def has_applet(work: Workplace, session_id: str) -> bool:
    return (await work.parts.sessions.read(await work.caller("nora"), session_id)).applet


@pytest.mark.parametrize("away", [S.RECONNECTING, S.OFFLINE])
async def test_a_customer_whom_one_node_lost_is_back_when_another_next_records_them(
    work: Workplace, parts: Parts, other_node: Parts, away: SessionStatus
) -> None:
    session, _ = await work.active()
    with other_node.presence.page(session.id):
        await parts.customers.went_away(session.id)
        if away is S.OFFLINE:
            work.clock.advance(minutes=10)
            await parts.timers.end_due()
        assert await work.status(session) is away
        await other_node.presence.sweep()
        assert await work.status(session) is S.ACTIVE
        await other_node.presence.close()


async def test_the_end_of_an_old_connection_says_nothing_about_the_applet(
    work: Workplace, parts: Parts
) -> None:
    session, _ = await work.active()
    helping = parts.helping
    await helping.applet_connected(session.id, connected=True, socket_id="old")
    await helping.applet_connected(session.id, connected=True, socket_id="new")
    await helping.applet_connected(session.id, connected=False, socket_id="old")
    assert await has_applet(work, session.id)
    await helping.applet_connected(session.id, connected=False, socket_id="new")
    assert not await has_applet(work, session.id)


async def test_an_applet_whose_node_has_stopped_is_gone_with_its_customer(
    work: Workplace, parts: Parts, other_node: Parts
) -> None:
    session, customer = await work.active()
    await work.join_with_applet(session, customer, other_node)
    await other_node.helping.applet_connected(session.id, connected=True, socket_id="lost")
    work.clock.advance(seconds=SILENT.total_seconds())
    await parts.presence.sweep()
    assert await has_applet(work, session.id)
    work.clock.advance(seconds=1)
    await parts.presence.sweep()
    assert not await has_applet(work, session.id)


async def test_a_page_that_closes_here_loses_nobody_whom_another_node_has_seen_since(
    work: Workplace, parts: Parts, other_node: Parts
) -> None:
    session, _ = await work.active()
    closed_at = work.clock.now
    work.clock.advance(seconds=1)
    with other_node.presence.page(session.id):
        await other_node.presence.sweep()
        await parts.customers.went_away(session.id, closed_at)
        assert await work.status(session) is S.ACTIVE
        await other_node.presence.close()


async def test_a_page_that_asks_again_and_again_is_open_between_two_requests(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "ASKS_AGAIN_WITHIN_S", 0.05)
    for _ in range(2):
        with parts.presence.page("session", room=True, asks_again=True):
            pass
        assert parts.presence.has_room("session")
    await until_here(lambda: not parts.presence.has_room("session"))
    await parts.presence.close()


async def test_a_console_that_asks_again_and_again_is_not_noted_each_time(
    work: Workplace, parts: Parts
) -> None:
    nora, attendance = await work.caller("nora"), parts.attendance
    with attendance.console(nora.technician_id, nora.sign_in_id):
        assert attendance._newcomers == {nora.technician_id}
        await attendance.sweep()
    for _ in range(3):
        with attendance.console(nora.technician_id, nora.sign_in_id):
            assert attendance._newcomers == set()
