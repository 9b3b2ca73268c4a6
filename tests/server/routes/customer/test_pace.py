"""A customer whose requests write: once it is too often, nothing more is written."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import func, select

from rescue_console.protocol.choices import DevicePlatform
from rescue_console.protocol.customer import PageWanted, Poll
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.pages.assets import Assets
from rescue_console.server.pages.render import Pages
from rescue_console.server.routes.customer.applet_download import AppletDownload
from rescue_console.server.routes.customer.introduction import introduce
from rescue_console.server.routes.customer.site import CustomerSite, page_key
from rescue_console.server.rules.helping.applets import Applets
from rescue_console.server.rules.helping.rate_limit import BURST, RateLimit
from rescue_console.server.storage.tables import passes, sessions
from tests.stage.rules.refused import refused
from tests.stage.rules.workplace import Workplace

LINUX = DevicePlatform.LINUX


async def used_up(session_id: str) -> RateLimit:
    """Return a limit that a session has exhausted."""
    limit = RateLimit()
    for _ in range(3 * BURST):
        limit.wait_s(session_id, asyncio.get_running_loop().time())
    return limit


async def count_passes(work: Workplace) -> int:
    async with work.parts.database.read() as connection:
        query = select(func.count()).select_from(passes)
        return (await connection.execute(query)).scalar_one()


async def test_a_page_that_is_opened_over_and_over_is_refused_before_it_is_noted(
    work: Workplace,
) -> None:
    session, token = await work.active()
    seen_at = select(sessions.c.seen_at).where(sessions.c.id == session.id)
    limit = await used_up(session.id)
    work.clock.advance(seconds=1)
    with refused(ProblemWord.TOO_MANY_ATTEMPTS):
        await introduce(work.parts.customers, limit, Poll(), token, anew=True)
    async with work.parts.database.read() as connection:
        noted = (await connection.execute(seen_at)).scalar()
    assert noted is not None
    assert noted < work.clock.now
    # What writes nothing goes on.
    known = await introduce(work.parts.customers, limit, Poll(after=1), token, anew=False)
    assert known is not None
    assert known.session_id == session.id


@pytest.mark.parametrize("anew", [True, False])
async def test_a_link_that_has_been_opened_is_noted_once(work: Workplace, *, anew: bool) -> None:
    session = await work.create()
    link = await work.link_of(session)
    opening = Poll(code=link.code, key=link.key, platform=LINUX)
    limit = RateLimit()
    for _ in range(3):
        known = await introduce(work.parts.customers, limit, opening, None, anew=anew)
        assert known is not None
        assert known.status is SessionStatus.CONNECTING
    exhausted = await used_up(session.id)
    assert await introduce(work.parts.customers, exhausted, opening, None, anew=anew) is not None


async def test_an_applet_that_is_fetched_over_and_over_gets_no_more_passes(
    work: Workplace, tmp_path: Path
) -> None:
    session, token = await work.active()
    (tmp_path / "rescue-applet").write_bytes(b"applet")
    limit = await used_up(session.id)
    url = work.parts.public_url
    download = AppletDownload(Applets(tmp_path), work.parts.customers, limit, url)
    with refused(ProblemWord.TOO_MANY_ATTEMPTS):
        await download.answer("rescue-applet", None, token)
    assert await count_passes(work) == 0
    fresh = AppletDownload(Applets(tmp_path), work.parts.customers, RateLimit(), url)
    await fresh.answer("rescue-applet", None, token)
    assert await count_passes(work) == 1


async def test_an_applet_that_asks_for_the_page_over_and_over_gets_no_more_passes(
    work: Workplace,
) -> None:
    session, customer = await work.active()
    token = await work.join_with_applet(session, customer)
    before = await count_passes(work)
    parts = work.parts
    site = CustomerSite(
        parts.customers,
        parts.helping,
        parts.applets,
        Pages(Assets()),
        parts.public_url,
        parts.ice,
        await used_up(session.id),
    )
    with refused(ProblemWord.TOO_MANY_ATTEMPTS):
        await page_key.fn(PageWanted(token=token), site)
    assert await count_passes(work) == before
    with refused(ProblemWord.NOT_FOUND):
        await page_key.fn(PageWanted(token="unheard of"), site)
