"""The consoles' events by plain HTTP: the same ones, the same resuming, and limits."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from websockets.sync.client import connect

from rescue_console.server.routes.held import ANSWER_MAX
from rescue_console.server.rules.clockwork.attendance import STREAMS_MAX
from tests.stage.customers.beside import join_by_page
from tests.stage.links import link_parts
from tests.stage.rules.raw import ask
from tests.stage.servers.accounts import make_technician
from tests.stage.servers.crowding import too_many
from tests.stage.servers.long_events import add_long_events
from tests.stage.servers.rescue_server import Asker, RealServer
from tests.stage.until import WAIT_S, wait_until


def page(asker: Asker, after: int | None = None, wait_s: int = 0) -> dict[str, Any]:
    query = f"wait_s={wait_s}" + ("" if after is None else f"&after={after}")
    answer = asker.get(f"/events?{query}")
    assert answer.status_code == 200, answer.text
    read: dict[str, Any] = answer.json()
    return read


def follow(asker: Asker, after: int, until: int) -> list[dict[str, Any]]:
    """Return the events after a number up to another, read page by page."""
    found: list[dict[str, Any]] = []
    while after < until:
        read = page(asker, after)
        assert read["resumed"]
        found += read["items"]
        after = read["number"]
    return found


def by_socket(server: RealServer, after: int, until: int) -> list[dict[str, Any]]:
    """Return the same events, read from the WebSocket."""
    with connect(server.events_url, open_timeout=WAIT_S, proxy=None) as console:
        subscribe = {"kind": "subscribe", "access_token": server.owner.access_token, "after": after}
        console.send(json.dumps(subscribe))
        assert json.loads(console.recv(WAIT_S))["resumed"]
        found: list[dict[str, Any]] = []
        while not found or found[-1]["number"] < until:
            found.append(json.loads(console.recv(WAIT_S)))
        return found


def test_the_first_page_says_where_events_begin(server: RealServer) -> None:
    first = page(server.owner)
    assert (first["resumed"], first["items"]) == (False, [])
    assert page(server.owner, first["number"])["resumed"]


def test_they_are_those_of_the_websocket(server: RealServer) -> None:
    start = page(server.owner)["number"]
    for number in range(3):
        made = server.owner.create_session(name=f"number {number}")
        server.owner.post(f"/sessions/{made['id']}/close")
    end = page(server.owner)["number"]
    assert follow(server.owner, start, end) == by_socket(server, start, end)


def test_a_held_request_is_answered_by_the_next_event(server: RealServer) -> None:
    start = page(server.owner)["number"]
    with ThreadPoolExecutor(1) as thread:
        held = thread.submit(page, server.owner, start, 20)
        made = server.owner.create_session(name="news")
        read = held.result(WAIT_S)
    assert [item["session"]["id"] for item in read["items"]] == [made["id"]]


def test_a_number_from_the_future_or_long_ago_is_not_resumed(server: RealServer) -> None:
    now = page(server.owner)["number"]
    for strange in (now + 1_000_000, 1):
        read = page(server.owner, strange, 20)
        assert (read["resumed"], read["items"], read["number"]) == (False, [], now)


def test_nobody_reads_what_they_may_not_see(server: RealServer, group_id: str) -> None:
    technician = make_technician(server, group_id)
    start = page(technician)["number"]
    hidden = server.owner.create_session(name="hidden")
    shown = technician.create_session(name="shown")
    seen = {item["session"]["id"] for item in follow(technician, start, page(technician)["number"])}
    assert shown["id"] in seen
    assert hidden["id"] not in seen


@pytest.mark.parametrize("query", ["after=-1", "after=x", "wait_s=21", "wait_s=-1", "after=1.5"])
def test_what_makes_no_sense_is_refused(server: RealServer, query: str) -> None:
    assert server.owner.get(f"/events?{query}").status_code == 400


def test_strangers_are_answered_at_once(server: RealServer) -> None:
    answer = ask(server.url, "GET", "/api/v1/events?after=1&wait_s=20")
    assert answer.status == 401


def test_an_answer_is_never_so_long_that_nobody_reads_it(server: RealServer) -> None:
    server.owner.create_session(name="long")
    start = page(server.owner)["number"]
    add_long_events(server, 30, 100_000)
    server.owner.create_session(name="the last one")  # lets the server look
    wait_until(lambda: page(server.owner)["number"] > start + 30)
    end: int = page(server.owner)["number"]
    answers, after = 0, start
    while after < end:
        answer = server.owner.get(f"/events?after={after}")
        assert len(answer.content) <= ANSWER_MAX + 1_000
        numbers = [item["number"] for item in answer.json()["items"]]
        # None is left out, and the next page goes on after the last one kept.
        assert numbers == list(range(after + 1, after + 1 + len(numbers)))
        after = answer.json()["number"]
        assert numbers[-1] == after
        answers += 1
    assert answers >= 3


def test_a_console_that_starts_by_requests_tells_its_computer_and_has_the_seat(
    server: RealServer,
) -> None:
    console = server.sign_in()
    assert console.get("/events?computer=Front%20desk%00%0A").status_code == 200
    made = console.create_session()
    join_by_page(server.url, link_parts(made["link"]))
    started = console.post(f"/sessions/{made['id']}/start")
    assert started.json()["seat"]["computer"].startswith("Front desk")


def test_words_of_later_consoles_are_ignored(server: RealServer) -> None:
    assert server.owner.get("/events?colour=blue").status_code == 200


def test_one_sign_in_can_hold_only_so_many(server: RealServer, group_id: str) -> None:
    technician = make_technician(server, group_id)
    start = page(technician)["number"]

    def ask_again() -> int:
        return technician.get(f"/events?wait_s=20&after={start}").status_code

    with too_many(ask_again, STREAMS_MAX):
        assert server.owner.get("/events").status_code == 200, "others are not concerned"
        technician.create_session()  # news for those that are held
    assert page(technician)["number"]
