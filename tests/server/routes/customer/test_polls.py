"""The customer's page by plain HTTP: what it is told, what it may say, and its limits."""

import re
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from rescue_console.protocol.links import read_link
from rescue_console.protocol.problems import ProblemWord
from rescue_console.server.refusals import Refusal
from rescue_console.server.routes.customer.pace import SAY_AGAIN_S, pause_after
from rescue_console.server.rules.clockwork.presence import PAGES_MAX
from rescue_console.server.rules.helping.rate_limit import BURST, RateLimit
from tests.stage.rules.raw import ask
from tests.stage.servers.crowding import too_many
from tests.stage.servers.long_events import add_long_events
from tests.stage.servers.rescue_server import RealServer
from tests.stage.until import WAIT_S, wait_until

ACTIVE, GRANTED = "active", "granted"


class Customer:
    """The browser of a customer, without its scripts."""

    def __init__(self, server: RealServer, link: str) -> None:
        self.server = server
        self.browser = requests.Session()
        self.browser.trust_env = False
        parts = read_link(link)
        assert parts is not None
        self.link = {"code": parts.code, "key": parts.key}
        self.session = ""

    def join(self, session: str) -> None:
        """Join, after which the cookie says who this is."""
        self.session = session
        joined = self.post("/Customer/Join", data={**self.link, "platform": "linux"})
        assert joined.ok, joined.text

    def post(self, path: str, **what: Any) -> requests.Response:
        headers = {"Origin": self.server.url} | what.pop("headers", {})
        address = self.server.url + path
        return self.browser.post(address, headers=headers, timeout=WAIT_S, **what)

    def poll(self, **values: object) -> dict[str, Any]:
        answer = self.post("/Customer/Poll?lang=en", json=values)
        assert answer.status_code == 200, answer.text
        read: dict[str, Any] = answer.json()
        return read

    def say(self, **message: object) -> requests.Response:
        return self.post(f"/Customer/Say?session={self.session}", json=message)


class Help:
    """A session and its customer."""

    def __init__(self, server: RealServer) -> None:
        self.server = server
        made = server.owner.create_session()
        self.id: str = made["id"]
        self.customer = Customer(server, made["link"])

    def now(self) -> dict[str, Any]:
        read: dict[str, Any] = self.server.owner.get(f"/sessions/{self.id}").json()
        return read

    def do(self, verb: str, **body: object) -> None:
        answer = self.server.owner.post(f"/sessions/{self.id}/{verb}", json=body or None)
        assert answer.ok, answer.text

    def begin(self) -> None:
        self.customer.join(self.id)
        self.do("start")


@pytest.fixture
def help_(server: RealServer) -> Help:
    return Help(server)


@pytest.fixture
def active(help_: Help) -> Help:
    help_.begin()
    return help_


def states(read: dict[str, Any]) -> list[str]:
    return [message["status"] for message in read["messages"] if message["kind"] == "state"]


def test_a_page_that_joins_goes_through_its_statuses(help_: Help) -> None:
    read = help_.customer.poll(**help_.customer.link, platform="linux")
    assert states(read) == ["connecting"]
    assert help_.now()["status"] == "connecting"
    help_.customer.join(help_.id)
    first = help_.customer.poll(session=help_.id)
    assert states(first) == ["waiting"]
    help_.do("start")
    then = help_.customer.poll(session=help_.id, after=first["number"])
    assert states(then) == [ACTIVE]
    help_.do("close")
    last = help_.customer.poll(session=help_.id, after=then["number"])
    assert last["messages"][0]["over"]


def test_a_held_request_is_answered_by_news_and_keeps_the_customer_here(active: Help) -> None:
    customer = active.customer
    number = customer.poll(session=active.id)["number"]
    with ThreadPoolExecutor(1) as thread:
        held = thread.submit(customer.poll, session=active.id, after=number)
        active.do("chat", text="Hello", key="one")
        read = held.result(WAIT_S)
    assert [message["message"]["text"] for message in read["messages"]] == ["Hello"]
    assert active.now()["status"] == ACTIVE


def test_held_requests_are_counted_but_not_timed(active: Help) -> None:
    active.customer.poll(session=active.id)
    assert active.server.owner.get("/events?wait_s=0").ok
    with active.server.asker() as anybody:
        text = anybody.get(f"{active.server.url}/metrics").text
    for route in ("/Customer/Poll", "/events"):
        lines = [line for line in text.splitlines() if f'{route}"' in line]
        assert any(line.startswith("rescue_requests_total") for line in lines)
        assert not any(line.startswith("rescue_request_seconds") for line in lines)
    assert 'rescue_request_seconds_count{method="POST",route="/Customer/Join"}' in text


def test_chat_signals_and_states_come_in_order_and_once(active: Help) -> None:
    customer = active.customer
    first = customer.poll(session=active.id)
    active.do("chat", text="one", key="1")
    active.do("signals", kind="typing")
    active.do("chat", text="two", key="2")
    read = customer.poll(session=active.id, after=first["number"])
    assert [message["kind"] for message in read["messages"]] == ["chat", "signal", "chat"]
    assert customer.poll(session=active.id, chat_after=1)["messages"][0]["kind"] == "chat"
    active.do("hold")
    after = customer.poll(session=active.id, after=read["number"])
    assert states(after) == ["on_hold"]
    assert len(after["messages"]) == 1


def test_what_the_page_says_counts_as_by_websocket(active: Help) -> None:
    active.do("powers/files/ask")
    assert active.customer.say(kind="consent", power="files", granted=True).json() == {
        "answer": None
    }
    assert active.now()["consents"]["files"] == GRANTED
    for _ in range(2):
        assert active.customer.say(kind="chat", text="Hi", key="k").ok
    chat = active.server.owner.get(f"/sessions/{active.id}/chat").json()["items"]
    assert [message["text"] for message in chat] == ["Hi"]
    refused = active.customer.say(kind="chat", text="Hi").json()["answer"]
    assert refused["kind"] == "refused"
    active.customer.say(kind="leave")
    assert active.now()["status"] == "closed_by_customer"


def test_a_customer_who_asks_no_more_is_gone_and_comes_back(active: Help) -> None:
    number = active.customer.poll(session=active.id)["number"]
    wait_until(lambda: active.now()["status"] == "reconnecting")
    active.customer.poll(session=active.id, after=number)
    assert active.now()["status"] == ACTIVE


def test_a_request_whose_browser_has_gone_is_held_no_longer(active: Help) -> None:
    customer = active.customer
    number = customer.poll(session=active.id)["number"]
    body = f'{{"session":"{active.id}","after":{number}}}'.encode()
    cookie = "; ".join(f"{one.name}={one.value}" for one in customer.browser.cookies)
    head = (
        f"POST /Customer/Poll HTTP/1.1\r\nHost: {urlsplit(customer.server.url).netloc}\r\n"
        f"Cookie: {cookie}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode()
    host, port = urlsplit(customer.server.url).hostname, urlsplit(customer.server.url).port
    with socket.create_connection((host, port)) as connection:
        connection.sendall(head + body)
        wait_until(lambda: pages(active.server) >= 1)
    # Long before the 20 s that it could have been held for.
    wait_until(lambda: active.now()["status"] == "reconnecting", within_s=18)


def pages(server: RealServer) -> int:
    """Return how many sessions have a page open."""
    metrics = server.asker().get(f"{server.url}/metrics").text
    found = re.search(r"^rescue_customers (\d+)", metrics, re.MULTILINE)
    assert found, metrics
    return int(found[1])


# Limits


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b'{"session":"0"}',
        b'{"code":"618689","key":"AAAAAAAAAAAAAAAAAAAAAA"}',
        b'{"after":1}',
    ],
)
def test_strangers_are_answered_at_once(server: RealServer, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    for path in ("/Customer/Poll", "/Customer/Say?session=0"):
        answer = ask(server.url, "POST", path, body=body, headers=headers)
        assert answer.status == 404


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"after":-1}', b'{"unknown":1}'])
def test_what_makes_no_sense_is_refused(server: RealServer, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    assert ask(server.url, "POST", "/Customer/Poll", body=body, headers=headers).status == 400


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_another_sites_page_may_neither_ask_nor_say(active: Help, headers: dict[str, str]) -> None:
    customer = active.customer
    asked = customer.post("/Customer/Poll", json={"session": active.id}, headers=headers)
    said = customer.post(
        f"/Customer/Say?session={active.id}", json={"kind": "leave"}, headers=headers
    )
    assert (asked.status_code, said.status_code) == (403, 403)
    assert active.now()["status"] == ACTIVE


def test_a_page_of_an_earlier_session_neither_hears_nor_says_anything(active: Help) -> None:
    customer, other = active.customer, Help(active.server)
    customer.link = other.customer.link
    customer.join(other.id)
    assert customer.post("/Customer/Poll", json={"session": active.id}).status_code == 404
    said = customer.post(f"/Customer/Say?session={active.id}", json={"kind": "leave"})
    assert said.status_code == 404
    assert customer.say(kind="chat", text="x", key="k").status_code == 200


def test_a_link_alone_reads_no_chat_and_says_nothing(active: Help) -> None:
    active.do("chat", text="secret", key="one")
    stranger = Customer(active.server, active.now()["link"])
    read = stranger.poll(**stranger.link)
    assert {message["kind"] for message in read["messages"]} == {"state"}
    assert stranger.say(kind="leave").status_code == 404


def test_one_session_can_hold_only_so_many(active: Help) -> None:
    customer = active.customer
    number = customer.poll(session=active.id)["number"]

    def ask_again() -> int:
        body = {"session": active.id, "after": number}
        return customer.post("/Customer/Poll", json=body).status_code

    with too_many(ask_again, PAGES_MAX):
        active.do("hold")


def test_a_page_that_says_too_much_waits_and_is_then_refused() -> None:
    limit = RateLimit()
    waits: list[float] = []

    def say_on() -> None:
        while True:
            waits.append(pause_after(limit, "session", 0.0))

    with pytest.raises(Refusal) as refusal:
        say_on()
    assert refusal.value.problem.word == ProblemWord.TOO_MANY_ATTEMPTS
    assert waits == sorted(waits)
    assert len(waits) > BURST
    assert 0 < waits[-1] <= SAY_AGAIN_S
    assert pause_after(limit, "another session", 0.0) == 0


def test_an_answer_holds_no_more_than_a_page_reads(active: Help) -> None:
    customer = active.customer
    start = after = customer.poll(session=active.id)["number"]
    active.do("hold")
    add_long_events(active.server, 30, 100_000)
    active.do("chat", text="the last one", key="one")  # lets the server look
    wait_until(lambda: customer.poll(session=active.id)["number"] > start + 30)
    end = customer.poll(session=active.id)["number"]
    answers, said = 0, list[str]()
    while after < end:
        read = customer.poll(session=active.id, after=after)
        said += [one["message"]["text"] for one in read["messages"] if one["kind"] == "chat"]
        answers, after = answers + 1, read["number"]
    assert answers >= 3
    assert said == ["the last one"]


@pytest.mark.starts_programs
def test_held_requests_end_when_the_server_stops(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("stopping")
    with RealServer(folder / "data") as server, ThreadPoolExecutor(2) as threads:
        help_ = Help(server)
        help_.begin()
        number = help_.customer.poll(session=help_.id)["number"]
        held = threads.submit(help_.customer.poll, session=help_.id, after=number)
        owners = threads.submit(server.owner.get, f"/events?after={number}&wait_s=20")
        wait_until(lambda: pages(server) == 1)
        server.stop()
        assert states(held.result(WAIT_S)) == [ACTIVE]
        assert owners.result(WAIT_S).json()["resumed"]
