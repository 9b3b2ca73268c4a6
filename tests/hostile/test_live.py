"""A customer's own program talks to the server: it is refused, and the session goes on."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from rescue_console.protocol.answers import Session
from rescue_console.protocol.choices import DevicePlatform
from rescue_console.protocol.events import CLOSE_MALFORMED
from rescue_console.protocol.limits import SIGNAL_MAX
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.requests import SendChat, SendSignal
from rescue_console.protocol.signals import SignalKind
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.rules.clockwork.presence import PAGES_MAX
from tests.hostile.messages import HOSTILE_TEXT
from tests.stage.customers.site import Site, link_parts, open_site
from tests.stage.until import WAIT_S, until

TRY_LATER = 1013
DEEP = "[" * 60_000
ANSWERED = {"kind": "consent", "power": "control", "granted": True}


class Customer:
    """A session in which the test plays the applet."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.session = site.create()
        parts = link_parts(site, self.session)
        joining = site.parts.helping.join_with_applet(parts.code, parts.key, DevicePlatform.LINUX)
        token = site.do(joining)
        assert token is not None
        self.token = token
        site.start(self.session)

    def read(self) -> Session:
        return self.site.do(self.site.sessions.read(self.site.caller, self.session.id))

    def say(self, *texts: str, opening: str = "") -> list[dict[str, Any]]:
        """Send *texts* one after the other; return the refusals that they were answered with."""
        return asyncio.run(self._say(texts, opening or self.opening()))

    def opening(self, **more: Any) -> str:
        return json.dumps({"kind": "open", "token": self.token, "chat_after": 2**53} | more)

    async def _say(self, texts: tuple[str, ...], opening: str) -> list[dict[str, Any]]:
        url = f"{self.site.url.replace('http', 'ws', 1)}/Customer/Live"
        async with asyncio.timeout(WAIT_S), connect(url, proxy=None) as socket:
            await socket.send(opening)
            refused = []
            for text in texts:
                await socket.send(text)
                refused += await _refusals_until_heard(socket)
            return refused


async def _refusals_until_heard(socket: ClientConnection) -> list[dict[str, Any]]:
    """Return the refusals so far.

    They end with the refusal of an unreadable message, which is sent to see that the server has
    read everything before it.
    """
    await socket.send("?")
    refusals: list[dict[str, Any]] = []
    while True:
        said = json.loads(await socket.recv())
        if said["kind"] == "refused":
            refusals.append(said)
            if said["text"] == "The message was not understood.":
                return refusals


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="module")
def customer(site: Site) -> Customer:
    return Customer(site)


@pytest.fixture
def own(site: Site) -> Iterator[Customer]:
    """A session for one test, of which a technician may have only so many."""
    made = Customer(site)
    yield made
    site.close(made.session)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        DEEP,
        '{"kind":"leave","more":' + DEEP,
        '{"kind":"chat","text":"\\ud800","key":"a"}',
        '{"kind":"chat","text":"","key":"a"}',
        json.dumps({"kind": "chat", "text": "x" * 4_001, "key": "a"}),
        json.dumps({"kind": "signal", "signal": "offer", "body": "x" * (SIGNAL_MAX + 1)}),
        json.dumps({"kind": "consent", "power": "everything", "granted": True}),
        json.dumps({"kind": "open", "chat_after": 2**70}),
        json.dumps({"kind": "read_chat", "before": -1}),
        "x" * 100_000,
    ],
    ids=lambda text: str(text)[:24],
)
def test_text_that_is_no_message_is_refused_and_the_customer_stays_connected(
    customer: Customer, text: str
) -> None:
    refusals = customer.say(text)

    assert refusals[0]["text"] in ("The message was not understood.", "The message is too long.")
    assert customer.read().status is SessionStatus.ACTIVE


@pytest.mark.parametrize(
    "opening",
    [DEEP[:1_000], '{"kind":"open","q":' + DEEP[:900], "[]", '{"kind":"leave"}'],
    ids=["nested", "nested inside", "a list", "another message"],
)
def test_an_invalid_opening_closes_the_connection_with_a_reason(
    customer: Customer, opening: str
) -> None:
    with pytest.raises(ConnectionClosed) as closed:
        customer.say("?", opening=opening)

    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == CLOSE_MALFORMED


def test_a_customer_may_open_only_so_many_connections_and_try_again_later(site: Site) -> None:
    customer = Customer(site)

    async def open_too_many() -> None:
        url = f"{site.url.replace('http', 'ws', 1)}/Customer/Live"
        async with asyncio.timeout(WAIT_S), AsyncExitStack() as opened:
            sockets = [
                await opened.enter_async_context(connect(url, proxy=None))
                for _ in range(PAGES_MAX + 1)
            ]
            for socket in sockets[:-1]:
                await socket.send(customer.opening())
                await socket.recv()
            await sockets[-1].send(customer.opening())
            with pytest.raises(ConnectionClosed) as closed:
                await sockets[-1].recv()
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == TRY_LATER

    asyncio.run(open_too_many())
    assert customer.read().status is SessionStatus.ACTIVE
    asyncio.run(until(lambda: not site.parts.presence.is_crowded(customer.session.id)))
    customer.say(json.dumps(ANSWERED))


def test_a_number_too_large_for_the_database_is_refused(customer: Customer) -> None:
    with pytest.raises(ConnectionClosed) as closed:
        customer.say("?", opening=customer.opening(chat_after=2**70))

    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == CLOSE_MALFORMED


def test_an_applet_reads_no_chat(customer: Customer) -> None:
    [refused, _] = customer.say(json.dumps({"kind": "read_chat"}))

    assert "not the applet" in refused["text"]


def test_nobody_grants_what_the_technician_did_not_ask_for(customer: Customer) -> None:
    customer.say(*(json.dumps(ANSWERED | {"power": power}) for power in Power))

    assert customer.read().consents == {}


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "chat", "text": "Call me back at this number.", "key": "z"},
        {"kind": "consent", "power": "view", "granted": True},
        *({"kind": "signal", "signal": kind, "body": "{}"} for kind in SignalKind),
        {"kind": "showing"},
    ],
    ids=lambda said: str(said.get("signal", said["kind"])),
)
def test_an_applet_says_nothing_that_is_the_pages(
    site: Site, own: Customer, said: dict[str, Any]
) -> None:
    site.do(site.parts.powers.ask(site.caller, own.session.id, Power.VIEW))

    refusals = own.say(json.dumps(said))

    assert "page in the browser" in refusals[0]["text"]
    assert own.read().consents == {Power.VIEW: Consent.ASKED}
    chat = site.do(site.parts.chat.read(site.caller, own.session.id, 0))
    assert chat.items == []


def test_an_applet_that_also_names_a_link_is_told_of_its_own_session(
    site: Site, own: Customer
) -> None:
    invited = site.create()
    link = link_parts(site, invited)

    async def listen() -> dict[str, Any]:
        url = f"{site.url.replace('http', 'ws', 1)}/Customer/Live"
        async with asyncio.timeout(WAIT_S), connect(url, proxy=None) as socket:
            await socket.send(own.opening(code=link.code, key=link.key))
            return dict(json.loads(await socket.recv()))

    assert asyncio.run(listen())["status"] == "active"
    assert site.status(invited) is SessionStatus.INVITED
    site.close(invited)


def test_an_applet_stops_the_picture(site: Site, own: Customer) -> None:
    site.do(site.parts.powers.ask(site.caller, own.session.id, Power.VIEW))

    own.say(json.dumps({"kind": "consent", "power": "view", "granted": False}))

    assert own.read().consents == {Power.VIEW: Consent.DENIED}


def test_an_applet_hears_of_the_console_and_not_what_is_said_to_the_page(
    site: Site, own: Customer
) -> None:
    sessions, caller = own.session.id, site.caller
    site.do(site.parts.chat.say(caller, sessions, SendChat(text="a secret", key="1")))

    async def listen() -> list[dict[str, Any]]:
        url = f"{site.url.replace('http', 'ws', 1)}/Customer/Live"
        async with asyncio.timeout(WAIT_S), connect(url, proxy=None) as socket:
            await socket.send(own.opening(chat_after=0))
            heard = [json.loads(await socket.recv())]

            def speak() -> None:
                site.do(site.parts.chat.say(caller, sessions, SendChat(text="more", key="2")))
                for kind in (SignalKind.TYPING, SignalKind.RELAY_READY):
                    site.do(site.parts.signals.send(caller, sessions, SendSignal(kind=kind)))

            await asyncio.to_thread(speak)
            while heard[-1]["kind"] != "signal":
                heard.append(json.loads(await socket.recv()))
            return heard

    heard = asyncio.run(listen())

    assert {one["kind"] for one in heard} == {"state", "signal"}
    assert heard[-1]["signal"]["kind"] == "relay_ready"


def test_who_has_a_link_that_somebody_has_joined_with_does_not_seem_to_be_there(site: Site) -> None:
    session = site.create()
    site.join(session)
    site.start(session)
    link = link_parts(site, session)
    pages: list[int] = []
    counted = site.parts.presence.page

    def counting(session_id: str, **how: bool) -> Any:
        pages.append(1)
        return counted(session_id, **how)

    async def look() -> dict[str, Any]:
        url = f"{site.url.replace('http', 'ws', 1)}/Customer/Live"
        origin: Any = site.url
        async with asyncio.timeout(WAIT_S), connect(url, proxy=None, origin=origin) as socket:
            await socket.send(json.dumps({"kind": "open", "code": link.code, "key": link.key}))
            told = json.loads(await socket.recv())
            with pytest.raises(ConnectionClosed):
                await socket.recv()
            return dict(told)

    site.parts.presence.page = counting  # type: ignore[method-assign]
    try:
        told = asyncio.run(look())
    finally:
        del site.parts.presence.page

    assert told["title"]
    assert told["consents"] == {}
    assert not pages
    site.close(session)


WORDS = st.one_of(st.sampled_from([*SignalKind, *Power, HOSTILE_TEXT, ""]), st.text(max_size=20))
SAID = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(
            ["consent", "chat", "read_chat", "signal", "showing", "stays_on", "open", "x"]
        )
    },
    optional={
        "power": WORDS,
        "granted": st.booleans(),
        "text": WORDS,
        "key": WORDS,
        "signal": WORDS,
        "body": WORDS,
        "problem": WORDS,
        "detail": WORDS,
        "chat_after": st.integers(),
        "before": st.integers(),
    },
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(said=st.lists(SAID, max_size=8))
def test_whatever_a_customer_says_the_session_stays_active_and_grants_nothing(
    customer: Customer, said: list[dict[str, Any]]
) -> None:
    customer.say(*map(json.dumps, said))
    session = customer.read()

    assert session.status is SessionStatus.ACTIVE
    assert session.consents == {}


def test_an_invalid_introduction_to_the_relay_is_sent_away(
    customer: Customer, tmp_path: Path
) -> None:
    async def introduce(text: str) -> int:
        url = f"{customer.site.url.replace('http', 'ws', 1)}/api/v1/relay/{customer.session.id}"
        async with asyncio.timeout(WAIT_S), connect(url, proxy=None) as socket:
            await socket.send(text)
            with pytest.raises(ConnectionClosed) as closed:
                await socket.recv()
        assert closed.value.rcvd is not None
        return int(closed.value.rcvd.code)

    for text in (DEEP, '{"q":' + DEEP, "", "[]", '{"applet_token":7}'):
        assert asyncio.run(introduce(text)) == CLOSE_MALFORMED
