import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from itertools import repeat
from typing import TypeVar
from uuid import uuid4

import pytest

from rescue_console.client.account import Account
from rescue_console.client.events import Connecting, EventStream, Happening, Offline
from rescue_console.network.errors import SignedOut, Why
from rescue_console.protocol.choices import ConnectionMethod
from rescue_console.protocol.events import Hello, SessionChanged
from rescue_console.protocol.requests import CreateSession
from tests.stage.networks.wire import Wire
from tests.stage.until import WAIT_S

T = TypeVar("T")


@pytest.fixture
def stream(account: Account) -> EventStream:
    stream = account.events()
    stream._new_pauses = lambda: repeat(0.05)
    stream._pauses = repeat(0.05)
    return stream


async def until(follow: AsyncGenerator[Happening, None], kind: type[T]) -> T:
    """Return the next happening of *kind*, skipping others."""
    async with asyncio.timeout(WAIT_S):
        async for happening in follow:
            if isinstance(happening, kind):
                return happening
    raise AssertionError("the stream has ended")


async def create(account: Account, name: str) -> str:
    request = CreateSession(method=ConnectionMethod.LINK, name=name)
    return (await asyncio.to_thread(account.api.create_session, request, uuid4().hex)).id


async def test_the_first_connection_asks_to_read_the_collections(stream: EventStream) -> None:
    async with aclosing(stream.follow()) as follow:
        assert isinstance(await anext(follow), Connecting)
        assert not (await until(follow, Hello)).resumed


async def test_the_event_of_a_new_session_holds_all_of_it(
    account: Account, stream: EventStream
) -> None:
    async with aclosing(stream.follow()) as follow:
        await until(follow, Hello)
        made = await create(account, "Marie")
        event = await until(follow, SessionChanged)
        assert (event.session.id, event.session.name) == (made, "Marie")


async def test_after_a_cut_nothing_is_missed(
    account: Account, stream: EventStream, wire: Wire
) -> None:
    async with aclosing(stream.follow()) as follow:
        await until(follow, Hello)
        await create(account, "before")
        await until(follow, SessionChanged)
        wire.cut()
        await until(follow, Offline)
        made = await create(account, "meanwhile")
        assert (await until(follow, Hello)).resumed
        assert (await until(follow, SessionChanged)).session.id == made


async def test_while_nothing_answers_it_reports_why_and_tries_again(
    stream: EventStream, wire: Wire
) -> None:
    async with aclosing(stream.follow()) as follow:
        await until(follow, Hello)
        wire.block()
        await until(follow, Offline)
        assert (await until(follow, Offline)).why is Why.CONNECTION_REFUSED
        wire.mend()
        assert (await until(follow, Hello)).resumed


async def test_a_long_pause_can_be_cut_short(stream: EventStream, wire: Wire) -> None:
    async with aclosing(stream.follow()) as follow:
        await until(follow, Hello)
        stream._new_pauses = lambda: repeat(3_600.0)
        stream._pauses = repeat(3_600.0)
        wire.cut()
        await until(follow, Offline)
        online = asyncio.ensure_future(until(follow, Hello))
        while not online.done():
            stream.retry_now()
            await asyncio.wait([online], timeout=0.05)
        assert online.result().resumed


async def test_a_refused_access_token_is_replaced_without_a_pause(
    account: Account, stream: EventStream
) -> None:
    account._tokens._access = "no-longer-good"
    async with aclosing(stream.follow()) as follow:
        seen = [await anext(follow) for _ in range(3)]
    assert [type(each) for each in seen] == [Connecting, Connecting, Hello]


async def test_a_sign_in_that_has_ended_ends_the_stream(
    account: Account, stream: EventStream
) -> None:
    async with aclosing(stream.follow()) as follow:
        await until(follow, Hello)
        await asyncio.to_thread(account.sign_out)
        with pytest.raises(SignedOut):
            await until(follow, SignedOut)
