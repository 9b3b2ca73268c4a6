"""What several nodes record about one customer, and which connection of an applet counts."""

import asyncio

import pytest

from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.parts import Parts
from rescue_console.server.rules.clockwork import attendance, presence
from rescue_console.server.rules.clockwork.attendance import STREAMS_MAX
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


async def either(task: asyncio.Task[None], event: asyncio.Event) -> None:
    """Wait until *task* has ended or *event* has come."""
    await until_here(lambda: task.done() or event.is_set())


async def test_a_page_whose_next_request_goes_to_another_node_is_not_gone(
    work: Workplace, parts: Parts, other_node: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, _ = await work.active()
    waiting, recorded = asyncio.Event(), asyncio.Event()
    slept = asyncio.sleep

    async def sleep(delay_s: float) -> None:
        if delay_s == presence.ELSEWHERE_S:
            waiting.set()
            await recorded.wait()
        elif delay_s != presence.RELOAD_S:
            await slept(delay_s)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    nodes = [parts.presence, other_node.presence]
    for node in nodes:
        monkeypatch.setattr(node, "_alone", False)
    for here, there in (nodes, reversed(nodes), nodes):
        waiting.clear()
        recorded.clear()
        with here.page(session.id, room=True, asks_again=True):
            pass
        [farewell] = here._farewells.values()
        await either(farewell, waiting)
        work.clock.advance(seconds=1)
        with there.page(session.id, room=True, asks_again=True):
            # Each node records who is there only once in BEAT_S.
            assert await work.status(session) is S.ACTIVE
            await there.sweep()
            recorded.set()
            await farewell
            assert await work.status(session) is S.ACTIVE
        await there.close()
        there._stopping = False
    assert presence.ELSEWHERE_S > presence.BEAT_S


async def test_a_page_that_asks_no_more_is_gone_on_the_only_node_as_soon_as_any(
    work: Workplace, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "RELOAD_S", 0.0)
    monkeypatch.setattr(presence, "ELSEWHERE_S", 0.1)
    session, _ = await work.active()
    with parts.presence.page(session.id, room=True, asks_again=True):
        pass
    await asyncio.gather(*parts.presence._farewells.values())
    assert await work.status(session) is S.RECONNECTING
    assert not parts.presence._asking


async def test_a_console_that_asks_again_and_again_is_connected_between_two_requests(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attendance, "ASKS_AGAIN_WITHIN_S", 0.05)
    here = parts.attendance
    for _ in range(STREAMS_MAX + 1):
        assert here.has_room("sign-in")
        with here.console("technician", "sign-in", asks_again=True):
            pass
        assert here.is_connected("sign-in")
    await until_here(lambda: not here.is_connected("sign-in"))
    with here.console("technician", "sign-in"):
        assert here.is_connected("sign-in")
    assert not here.is_connected("sign-in")


async def test_a_console_that_asks_again_and_again_is_not_noted_each_time(
    work: Workplace, parts: Parts
) -> None:
    nora, here = await work.caller("nora"), parts.attendance
    with here.console(nora.technician_id, nora.sign_in_id):
        assert here._newcomers == {nora.technician_id}
        await here.sweep()
    for _ in range(3):
        with here.console(nora.technician_id, nora.sign_in_id):
            assert here._newcomers == set()
