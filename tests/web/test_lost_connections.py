"""A session survives failures of networks and servers; its chat loses and repeats nothing.

A real browser for the customer and the console's own client, each with its own network, talk to a
real server, which is killed meanwhile.
"""

import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from rescue_console.protocol.statuses import SessionStatus
from tests.stage.networks.wire import Wire
from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import RealServer
from tests.stage.technicians.console import Console
from tests.stage.until import WAIT_S

expect.set_options(timeout=2 * WAIT_S * 1000)

S = SessionStatus
MESSAGES = 24
SEED = 20_260_301


class Meeting:
    """An active session with both sides connected, and both their networks."""

    def __init__(self, server: RealServer, page: Page, customers: Wire, technicians: Wire) -> None:
        self.server = server
        self.page = page
        self.customers = customers
        self.technicians = technicians
        made = server.owner.create_session()
        self.id: str = made["id"]
        page.goto(made["link"].replace(server.url, customers.url))
        page.locator("button.main").click()
        page.wait_for_url("**/Customer/Session")
        self.console = Console(technicians.url, self.id)

    def post(self, path: str) -> None:
        answer = self.server.owner.post(f"/sessions/{self.id}/{path}")
        assert answer.status_code == 200, answer.text

    def begin(self) -> None:
        """Start the session; return once the customer can write."""
        self.post("start")
        expect(self.page.locator("#chat-form")).to_be_visible()
        self.console.until(lambda: self.console.statuses[-1:] == [S.ACTIVE])

    def write(self, text: str) -> None:
        self.page.get_by_label("Your message").fill(text)
        self.page.get_by_label("Your message").press("Enter")

    def kill_server(self) -> None:
        """Kill the server as a power cut does, and start it again."""
        self.server.kill()
        self.server.start()


@pytest.fixture
@starts_programs
def meeting(tmp_path: Path, page: Page) -> Iterator[Meeting]:
    with RealServer(tmp_path / "data") as server:
        port = int(server.url.rpartition(":")[2])
        with Wire(port) as customers, Wire(port) as technicians:
            made = Meeting(server, page, customers, technicians)
            with made.console:
                made.begin()
                yield made
            page.goto("about:blank")


def nothing() -> None:
    """Let nothing go wrong this time."""


def block_for_a_moment(wire: Wire) -> None:
    wire.block()
    wire.mend()


def troubles(meeting: Meeting, chance: random.Random) -> Iterator[Callable[[], None]]:
    """Yield what goes wrong next, forever; two of the troubles kill the server."""
    wires = [meeting.customers, meeting.technicians]
    number = 0
    while True:
        number += 1
        wire = chance.choice(wires)
        if number in (MESSAGES // 3, 2 * MESSAGES // 3):
            yield meeting.kill_server
        else:
            wrongs: list[Callable[[], None]] = [
                nothing,
                wire.cut,
                partial(wire.lose_answers, 1),
                partial(block_for_a_moment, wire),
            ]
            yield chance.choice(wrongs)


def test_chat_arrives_once_and_in_order_despite_all_connection_troubles(
    meeting: Meeting,
) -> None:
    from_technician = [f"technician {number}" for number in range(MESSAGES)]
    from_customer = [f"customer {number}" for number in range(MESSAGES)]
    turn = threading.Semaphore(0)

    def write_all() -> None:
        for number, text in enumerate(from_technician):
            turn.acquire()
            first = meeting.console.say(text, f"key-{number}")
            # Sent again on purpose: the server recognizes it by its key.
            assert meeting.console.say(text, f"key-{number}") == first

    going_wrong = troubles(meeting, random.Random(SEED))
    with ThreadPoolExecutor(1) as writing:
        written = writing.submit(write_all)
        for text in from_customer:
            meeting.write(text)
            turn.release()
            next(going_wrong)()
        written.result(4 * WAIT_S)

    console = meeting.console
    console.until(lambda: len(console.told) == 2 * MESSAGES)
    expect(meeting.page.locator("#chat-log .unsent")).to_have_count(0)
    shown = meeting.page.locator("#chat-log .said")
    expect(shown).to_have_count(2 * MESSAGES)
    kept = meeting.server.owner.get(f"/sessions/{meeting.id}/chat").json()["items"]
    assert [message["number"] for message in kept] == [said.number for said in console.told]
    assert shown.all_text_contents() == [message["text"] for message in kept]
    ours = [message["text"] for message in kept if message["technician_id"]]
    theirs = [message["text"] for message in kept if not message["technician_id"]]
    assert (ours, theirs) == (from_technician, from_customer)
    assert console.missed == 0


def test_a_killed_server_leaves_the_session_as_it_was(meeting: Meeting) -> None:
    page, console = meeting.page, meeting.console
    meeting.post("powers/files/ask")
    page.locator("#consent-allow:enabled").click()
    expect(page.locator("#allowed")).to_contain_text("Send and receive files")
    before = list(console.statuses)
    meeting.server.kill()
    expect(page.locator("#lost")).to_be_visible()
    meeting.server.start()
    # Nobody does anything: the page connects again by itself.
    expect(page.locator("#lost")).to_be_hidden()
    expect(page.locator("#allowed")).to_contain_text("Send and receive files")
    meeting.write("Still here")
    console.until(lambda: [said.text for said in console.told] == ["Still here"])
    console.say("So am I", "a")
    expect(page.locator("#chat-log .said")).to_have_text(["Still here", "So am I"])
    assert console.statuses == before
    assert console.missed == 0


def test_a_customer_whose_network_comes_back_is_where_they_were(
    meeting: Meeting,
) -> None:
    page, console = meeting.page, meeting.console
    meeting.post("powers/files/ask")
    page.locator("#consent-allow:enabled").click()
    expect(page.locator("#allowed")).to_contain_text("Send and receive files")
    meeting.customers.block()
    console.until(lambda: console.statuses[-1] is S.RECONNECTING)
    meeting.write("Written on the train")
    meeting.customers.mend()
    console.until(lambda: console.statuses[-2:] == [S.RECONNECTING, S.ACTIVE])
    console.until(lambda: [said.text for said in console.told] == ["Written on the train"])
    expect(page.locator("#allowed")).to_contain_text("Send and receive files")


@pytest.mark.parametrize("status", [S.WAITING, S.ON_HOLD])
def test_a_session_waiting_or_on_hold_stays_so_when_the_server_is_killed(
    tmp_path: Path, page: Page, status: S
) -> None:
    with RealServer(tmp_path / "data") as server, Wire(int(server.url.split(":")[2])) as wire:
        meeting = Meeting(server, page, wire, wire)
        with meeting.console as console:
            if status is S.ON_HOLD:
                meeting.begin()
                meeting.post("hold")
            expect(page.locator("main")).to_have_attribute("data-status", status)
            server.kill()
            wire.block()
            server.start()
            wire.mend()
            expect(page.locator("#lost")).to_be_hidden()
            # A later change shows that page, server and console are connected again.
            meeting.post("start")
            expect(page.locator("main")).to_have_attribute("data-status", S.ACTIVE)
            console.until(lambda: console.statuses[-1:] == [S.ACTIVE])
        assert set(console.statuses) <= {S.WAITING, S.ACTIVE, S.ON_HOLD}
        page.goto("about:blank")
