"""Chat is kept for as long as the group says, and is then gone everywhere."""

import pytest
from sqlalchemy import func, select

from rescue_console.protocol.answers import Session
from rescue_console.protocol.requests import SendChat
from rescue_console.server.events.log import CHAT_SAID
from rescue_console.server.rules.clockwork import chat_keeping
from rescue_console.server.storage.tables import chat_messages, chat_totals
from tests.stage.rules.workplace import Workplace


async def talked(work: Workplace, who: str = "nora") -> Session:
    """Return an active session of *who*, in which something has been said."""
    session, _ = await work.active(who)
    said = SendChat(text="Good morning", key="1")
    await work.parts.chat.say(await work.caller(who), session.id, said)
    return session


async def close(work: Workplace, session: Session) -> None:
    await work.parts.sessions.close(await work.caller("olivia"), session.id)


async def kept(work: Workplace, session: Session) -> int:
    """Return how many messages are left once the timers have tidied up."""
    await work.parts.timers.tidy()
    page = await work.parts.chat.read(await work.caller("olivia"), session.id, 0)
    return len(page.items)


async def test_chat_is_kept_for_thirty_days_after_the_end_unless_the_group_says_otherwise(
    work: Workplace,
) -> None:
    session = await talked(work)
    for _ in range(2):  # a sign-in that is never renewed ends after thirty days
        work.clock.advance(days=20)
        assert await kept(work, session) == 1
    await close(work, session)
    work.clock.advance(days=20)
    assert await kept(work, session) == 1
    work.clock.advance(days=10, seconds=-1)
    assert await kept(work, session) == 1
    work.clock.advance(seconds=1)
    assert await kept(work, session) == 0


async def test_each_group_keeps_its_chat_for_as_long_as_it_says(work: Workplace) -> None:
    north, night, south = [await talked(work, who) for who in ("nora", "nils", "sara")]
    await work.set_group("North", settings={"chat_kept_days": 1})
    await work.set_group("South", settings={"chat_kept_days": 2})
    for session in (north, night, south):
        await close(work, session)
    work.clock.advance(days=1)
    assert [await kept(work, each) for each in (north, night, south)] == [0, 0, 1]
    await work.set_group("South", settings={"chat_kept_days": 1})
    assert await kept(work, south) == 0


async def test_a_group_may_keep_no_chat_of_ended_sessions_not_even_in_events(
    work: Workplace,
) -> None:
    await work.set_group("North", settings={"chat_kept_days": 0})
    over, going_on = await talked(work), await talked(work)
    newest = await work.event_number()
    await close(work, over)
    assert await kept(work, over) == 0
    assert await kept(work, going_on) == 1
    told = [each.session_id for each in await work.events_after(0) if each.kind == CHAT_SAID]
    assert told == [going_on.id]
    assert await work.event_number() > newest


async def test_more_sessions_than_one_batch_are_forgotten_at_once(
    work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    await work.set_group("North", settings={"chat_kept_days": 0})
    for session in [await talked(work) for _ in range(3)]:
        await close(work, session)
    monkeypatch.setattr(chat_keeping, "_BATCH", 2)
    await work.parts.timers.tidy()
    async with work.parts.database.read() as connection:
        for table in (chat_messages, chat_totals):
            query = select(func.count()).select_from(table)
            assert (await connection.execute(query)).scalar_one() == 0
