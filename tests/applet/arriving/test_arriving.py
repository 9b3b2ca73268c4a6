"""How the applet gets into a session, and what it asks the person on the way."""

import asyncio
from collections.abc import Iterator
from contextlib import aclosing

import pytest
import requests

from rescue_console.applet.arriving.arriving import Arriving
from rescue_console.applet.arriving.joining import page_address
from rescue_console.applet.arriving.options import Options
from rescue_console.applet.link.live import Live
from rescue_console.applet.window.texts import Texts
from rescue_console.applet.window.views import (
    AskJoin,
    AskPin,
    AskServer,
    Busy,
    ConfirmServer,
    View,
)
from rescue_console.network.server_address import read_address
from rescue_console.protocol.choices import Language
from rescue_console.protocol.links import LinkParts
from tests.stage.customers.beside import carried, join_by_page, offered_applets
from tests.stage.links import link_parts
from tests.stage.networks.wire import Wire
from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import RealServer
from tests.stage.until import WAIT_S, until

TEXTS = Texts(Language("en"))


class Person:
    """Answers each question with the next of *answers*, and records what was shown."""

    def __init__(self, *answers: str) -> None:
        self._answers = iter(answers)
        self.shown: list[View] = []

    async def typed(self) -> str:
        return next(self._answers)

    def arriving(self) -> Arriving:
        return Arriving(TEXTS, self.shown.append, self.typed)


@pytest.fixture(scope="module")
@starts_programs
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    applets = offered_applets(tmp_path_factory.mktemp("applets"))
    with RealServer(tmp_path_factory.mktemp("server") / "data", *applets) as server:
        yield server


@pytest.fixture
def link(server: RealServer) -> LinkParts:
    return link_parts(server.owner.create_session()["link"])


async def test_a_typed_pin_leads_to_its_session(server: RealServer) -> None:
    made = server.owner.create_session("pin")
    person = Person("000000", made["code"])
    options = Options(read_address(server.url), confirm=False, link=None)

    arrived = await person.arriving().arrive(options)

    wrong = TEXTS("This PIN code does not work. Check it with your technician.")
    assert person.shown[:2] == [AskPin(), AskPin(wrong)]
    assert arrived.joined.session_id == made["id"]


async def test_a_pin_or_a_link_may_be_pasted_with_what_is_around_it(server: RealServer) -> None:
    for method, around in (("pin", "\u2068PIN: {code}\u2069\n"), ("link", "Anna: <{link}>")):
        made = server.owner.create_session(method)
        person = Person("61868", around.format(**made))
        options = Options(read_address(server.url), confirm=False, link=None)

        arrived = await person.arriving().arrive(options)

        malformed = TEXTS("A PIN code has 6 to 12 digits. Check it.")
        assert person.shown[:2] == [AskPin(), AskPin(malformed)]
        assert arrived.joined.session_id == made["id"]


async def test_the_person_must_confirm_a_server_that_only_the_file_name_gives(
    server: RealServer, link: LinkParts
) -> None:
    evil = read_address("https://evil.example")
    person = Person("", "no address at all", server.url, "yes")

    arrived = await person.arriving().arrive(Options(evil, confirm=True, link=link))

    host = server.url.removeprefix("http://")
    questions = [view for view in person.shown if not isinstance(view, Busy)]
    assert questions == [
        ConfirmServer("evil.example"),
        AskServer(),
        AskServer(TEXTS("This is not a valid address.")),
        ConfirmServer(host),
    ]
    assert arrived.server.url == server.url


async def test_an_unprotected_address_on_another_machine_is_refused(
    server: RealServer, link: LinkParts
) -> None:
    person = Person("http://help.example", server.url, "yes")

    await person.arriving().arrive(Options(None, confirm=True, link=link))

    assert isinstance(person.shown[1], AskServer)
    assert "https://" in person.shown[1].problem


async def test_nothing_is_joined_before_the_person_says_so(
    server: RealServer, link: LinkParts
) -> None:
    shown: list[View] = []
    statuses: list[str] = []

    async def typed() -> str:
        [made] = [
            one for one in server.owner.get("/sessions").json()["items"] if one["code"] == link.code
        ]
        statuses.append(made["status"])
        return "yes"

    options = Options(read_address(server.url), confirm=False, link=link)
    await Arriving(TEXTS, shown.append, typed).arrive(options)

    assert statuses == ["invited"]
    assert shown[0] == AskJoin(server.url.removeprefix("http://"))


async def test_a_second_applet_gets_in_only_once_the_first_has_gone(
    server: RealServer, link: LinkParts
) -> None:
    address = read_address(server.url)
    cookies = join_by_page(server.url, link)
    options = Options(address, confirm=False, link=carried(server.url, cookies))
    first = await Person("yes").arriving().arrive(options)
    options = Options(address, confirm=False, link=carried(server.url, cookies))
    live = Live(first.server, first.joined.token, "en", None)
    shown: list[View] = []

    async with aclosing(live.follow()) as said:
        await anext(said)

        async def typed() -> str:
            if isinstance(shown[-1], AskJoin):
                return "yes"
            await said.aclose()
            url = f"/sessions/{first.joined.session_id}"
            await until(lambda: not server.owner.get(url).json()["applet"])
            return "retry"

        second = await Arriving(TEXTS, shown.append, typed).arrive(options)

    busy = [view for view in shown if isinstance(view, Busy)]
    assert [view.retry for view in busy] == [False, True, False]
    assert busy[1].text.startswith("The applet is already connected to this session")
    assert second.joined.session_id == first.joined.session_id
    # If the first applet is still alive, it does not try to get its place back.
    assert [said async for said in live.follow()] == []


async def test_when_the_link_does_not_work_the_person_is_asked_for_a_pin(
    server: RealServer, link: LinkParts
) -> None:
    options = Options(read_address(server.url), confirm=False, link=LinkParts(link.code, "x" * 22))
    other = server.owner.create_session("pin")
    person = Person("yes", other["code"])

    arrived = await person.arriving().arrive(options)

    asked = [view for view in person.shown if isinstance(view, AskPin)]
    assert asked[0].problem.startswith("This invitation does not work any more.")
    assert arrived.joined.session_id == other["id"]


async def test_the_person_can_try_again_while_the_server_cannot_be_reached(
    server: RealServer, link: LinkParts
) -> None:
    with Wire(int(server.url.rpartition(":")[2])) as wire:
        wire.block()
        person = Person("yes", "retry")

        async def typed() -> str:
            if not isinstance(person.shown[-1], AskJoin):
                wire.mend()
            return await Person.typed(person)

        arriving = Arriving(TEXTS, person.shown.append, typed)
        options = Options(read_address(wire.url), confirm=False, link=link)
        await arriving.arrive(options)

    assert [view.retry for view in person.shown if isinstance(view, Busy)] == [False, True, False]


def test_the_page_beside_the_applet_comes_in_once_by_an_address_of_its_own(
    server: RealServer, link: LinkParts
) -> None:
    options = Options(read_address(server.url), confirm=False, link=link)
    arrived = asyncio.run(Person("yes").arriving().arrive(options))

    address = page_address(arrived.server, arrived.joined.token, None)

    for_page = link_parts(address)
    assert for_page.code == link.code
    assert for_page.key != link.key
    assert "Join in this browser" in requests.get(address, timeout=WAIT_S).text
    assert join_by_page(server.url, for_page)
    again = {"code": for_page.code, "key": for_page.key}
    answer = requests.post(f"{server.url}/Customer/Join", again, timeout=WAIT_S)
    assert answer.status_code == 409
