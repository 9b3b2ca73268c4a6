"""A link is good for one join; the other side comes in by a key that the first one asks for."""

import asyncio
from datetime import timedelta

import pytest

from rescue_console.protocol.answers import Session
from rescue_console.protocol.choices import DevicePlatform
from rescue_console.protocol.customer import Side
from rescue_console.protocol.links import LinkParts
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.pages.notices import Notice, link_notice
from rescue_console.server.parts import Parts
from rescue_console.server.rules.helping.passes import PASS_LIFE, PASSES_MAX
from rescue_console.server.storage.tables import passes
from tests.stage.rules.workplace import Workplace

LINUX = DevicePlatform.LINUX
HERE, THERE = "192.0.2.7", "2001:db8::7"


async def applet(parts: Parts, link: LinkParts, address: str = THERE) -> str | None:
    return await parts.helping.join_with_applet(link.code, link.key, LINUX, address)


async def browser(parts: Parts, link: LinkParts, address: str = HERE) -> str | None:
    return await parts.customers.join(link.code, link.key, LINUX, address)


async def applet_first(work: Workplace) -> tuple[Session, str]:
    """Return nora's active session that the applet has joined by the link, and its token."""
    session = await work.create()
    token = await applet(work.parts, await work.link_of(session))
    assert token is not None
    return await work.parts.sessions.start(await work.caller("nora"), session.id), token


async def fetched(work: Workplace, *, link: LinkParts | None = None, page: str = "") -> LinkParts:
    """Return what an applet that is downloaded now carries."""
    carried = await work.parts.customers.applet_pass(link, page or None)
    assert carried is not None
    return carried


async def test_the_link_lets_nobody_in_beside_a_page(work: Workplace, parts: Parts) -> None:
    session, _ = await work.active()
    link = await work.link_of(session)
    assert await applet(parts, link) is None
    assert await browser(parts, link) is None
    assert await parts.customers.applet_pass(link, None) is None


async def test_the_link_lets_nobody_in_beside_an_applet(work: Workplace, parts: Parts) -> None:
    session, _ = await applet_first(work)
    link = await work.link_of(session)
    assert await browser(parts, link) is None
    view = await parts.customers.by_link(link.code, link.key)
    assert view is not None
    assert not view.joinable
    await parts.helping.applet_connected(session.id, connected=True)
    await parts.helping.applet_connected(session.id, connected=False)
    assert await applet(parts, link) is None


async def test_what_the_page_asks_for_lets_one_applet_in(work: Workplace, parts: Parts) -> None:
    session, page = await work.active()
    carried = await fetched(work, page=page)
    token = await applet(parts, carried)
    assert token is not None
    assert await parts.helping.applet_session(token) == session.id
    assert await applet(parts, carried) is None
    assert await browser(parts, carried) is None


async def test_what_the_applet_asks_for_lets_one_page_in(work: Workplace, parts: Parts) -> None:
    session, token = await applet_first(work)
    for_page = await parts.helping.page_pass(token)
    assert for_page is not None
    assert await applet(parts, for_page) is None
    view = await parts.customers.by_link(for_page.code, for_page.key)
    assert view is not None
    assert (view.session_id, view.joinable) == (session.id, True)
    page = await browser(parts, for_page)
    known = await parts.customers.by_token(page)
    assert known is not None
    assert known.session_id == session.id
    assert await browser(parts, for_page) is None
    view = await parts.customers.by_link(for_page.code, for_page.key)
    assert link_notice(view) is Notice.JOINED


async def test_a_key_that_was_asked_for_is_good_for_a_quarter_of_an_hour(
    work: Workplace, parts: Parts
) -> None:
    _, page = await work.active()
    carried = await fetched(work, page=page)
    session, token = await applet_first(work)
    for_page = await parts.helping.page_pass(token)
    assert for_page is not None
    work.clock.advance(seconds=PASS_LIFE.total_seconds())
    assert await applet(parts, carried) is None
    assert await browser(parts, for_page) is None
    view = await parts.customers.by_link(for_page.code, for_page.key)
    assert link_notice(view) is Notice.EXPIRED
    assert await work.status(session) is SessionStatus.ACTIVE


async def test_an_applet_fetched_with_the_link_joins_in_its_place(
    work: Workplace, parts: Parts
) -> None:
    session = await work.create()
    link = await work.link_of(session)
    carried = await fetched(work, link=link)
    assert carried.code == link.code
    assert carried.key != link.key
    assert await applet(parts, carried) is not None
    assert await work.status(session) is SessionStatus.WAITING
    assert await browser(parts, link) is None
    assert await applet(parts, link) is None


async def test_what_was_fetched_before_somebody_joined_is_worth_nothing_after(
    work: Workplace, parts: Parts
) -> None:
    session = await work.create()
    carried = await fetched(work, link=await work.link_of(session))
    await work.join(session)
    assert await applet(parts, carried) is None


@pytest.mark.parametrize("over", [False, True], ids=["expired", "closed"])
async def test_an_invitation_that_has_ended_lets_no_applet_in(
    work: Workplace, parts: Parts, over: bool
) -> None:
    session = await work.create()
    link = await work.link_of(session)
    # Expired since the timers have looked last.
    work.clock.advance(hours=24, seconds=-60)
    carried = await fetched(work, link=link)
    if over:
        await parts.sessions.close(await work.caller("nora"), session.id)
    else:
        work.clock.advance(seconds=60)
    assert await applet(parts, carried) is None
    assert await applet(parts, link) is None


async def test_each_join_is_a_line_with_what_came_and_from_where(
    work: Workplace, parts: Parts
) -> None:
    session = await work.create()
    page = await browser(parts, await work.link_of(session))
    assert page is not None
    await applet(parts, await fetched(work, page=page))
    log = await parts.sessions.log(await work.caller("nora"), session.id)
    lines = [(line.what, line.detail) for line in log.items]
    assert lines[1:] == [
        ("connecting", ""),
        ("page_joined", HERE),
        ("waiting", ""),
        ("applet_joined", THERE),
    ]


async def test_two_applets_that_come_at_once_with_one_key_are_one(
    work: Workplace, parts: Parts, other_node: Parts
) -> None:
    _, page = await work.active()
    carried = await fetched(work, page=page)
    came = await asyncio.gather(*(applet(node, carried) for node in [parts, other_node] * 3))
    assert len([token for token in came if token]) == 1


async def test_asking_again_and_again_keeps_the_newest_and_fills_no_table(
    work: Workplace, parts: Parts
) -> None:
    _, page = await work.active()
    asked = [await fetched(work, page=page) for _ in range(PASSES_MAX + 3)]
    async with parts.database.read() as connection:
        kept = (await connection.execute(passes.select())).all()
    assert len(kept) == PASSES_MAX
    assert {row.side for row in kept} == {Side.APPLET}
    assert asked[-1].key not in str(kept)
    assert await applet(parts, asked[0]) is None
    assert await applet(parts, asked[-1]) is not None


async def test_what_nobody_needs_any_more_is_forgotten(work: Workplace, parts: Parts) -> None:
    _, page = await work.active()
    await fetched(work, page=page)
    work.clock.advance(seconds=(PASS_LIFE + timedelta(days=1, seconds=1)).total_seconds())
    _, other = await work.active()
    await fetched(work, page=other)
    async with parts.database.read() as connection:
        assert len((await connection.execute(passes.select())).all()) == 1


async def test_only_who_is_in_asks(work: Workplace, parts: Parts) -> None:
    session, page = await work.active()
    token = await applet(parts, await fetched(work, page=page))
    assert token is not None
    # The page's token is none of the applet's, nor the other way round.
    assert await parts.helping.page_pass(page) is None
    assert await parts.customers.applet_pass(None, token) is None
    assert await parts.customers.applet_pass(None, "unheard of") is None
    await parts.sessions.close(await work.caller("nora"), session.id)
    assert await parts.helping.page_pass(token) is None
    assert await parts.customers.applet_pass(None, page) is None
