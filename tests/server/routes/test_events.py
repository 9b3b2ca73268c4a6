"""The consoles' event stream, over a real connection."""

import hashlib
import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from rescue_console.protocol.events import (
    CLOSE_MALFORMED,
    CLOSE_TOKEN_REFUSED,
    CLOSE_TOO_MANY,
    CLOSE_TOO_SLOW,
)
from rescue_console.server.rules.clockwork.attendance import STREAMS_MAX
from tests.stage.servers.accounts import PASSWORD, make_technician
from tests.stage.servers.rescue_server import Asker, RealServer
from tests.stage.until import WAIT_S, wait_until

SOON_US = 5_000_000
"""Life of a token that is to expire during a test, in microseconds."""


class Console:
    """One open event stream."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    def subscribe(self, token: str, after: int | None = None) -> None:
        """Send the access token and the number of the last event seen."""
        message = {"kind": "subscribe", "access_token": token, "after": after}
        self.connection.send(json.dumps(message))

    def next(self) -> dict[str, Any]:
        """Return the next event."""
        event: dict[str, Any] = json.loads(self.connection.recv(WAIT_S))
        return event

    def until(self, kind: str, **values: object) -> dict[str, Any]:
        """Return the next event of *kind* whose session has *values*, skipping others."""
        while True:
            event = self.next()
            session = event.get("session", {})
            if event["kind"] == kind and values.items() <= session.items():
                return event

    def close_code(self) -> int:
        """Read until the server closes the connection; return its close code."""
        with suppress(ConnectionClosed):
            while True:
                self.connection.recv(WAIT_S)
        assert self.connection.close_code is not None
        return self.connection.close_code


@contextmanager
def open_console(server: RealServer, **options: Any) -> Iterator[Console]:
    with connect(server.events_url, open_timeout=WAIT_S, proxy=None, **options) as connection:
        yield Console(connection)


@contextmanager
def following(server: RealServer, asker: Asker, after: int | None = None) -> Iterator[Console]:
    """Open the stream as *asker* and read its ``Hello``."""
    with open_console(server) as console:
        console.subscribe(asker.access_token, after)
        assert console.next()["kind"] == "hello"
        yield console


def end_token_soon(server: RealServer, token: str) -> None:
    """Let an access token expire in SOON_US."""
    token_hash = hashlib.sha256(token.encode()).hexdigest()
    expires_at = time.time_ns() // 1_000 + SOON_US
    with closing(sqlite3.connect(server.data / "rescue.sqlite3", timeout=30)) as database:
        changed = database.execute(
            "UPDATE tokens SET expires_at = ? WHERE token_hash = ?", (expires_at, token_hash)
        )
        assert changed.rowcount == 1
        database.commit()


def test_hello_holds_the_number_of_the_last_event(server: RealServer) -> None:
    number = server.owner.get("/sessions").json()["event_number"]
    with open_console(server) as console:
        console.subscribe(server.owner.access_token)
        hello = console.next()
    assert hello["kind"] == "hello"
    assert hello["number"] >= number
    assert hello["resumed"] is False
    assert hello["server_time"].endswith("Z")


def test_a_technician_whose_console_is_connected_is_online_to_colleagues(
    server: RealServer,
) -> None:
    group_id = server.owner.get("/me").json()["group"]["id"]
    colleague = make_technician(server, group_id)
    own_id = colleague.get("/me").json()["id"]

    def seen() -> str:
        people = server.owner.get("/colleagues").json()["technicians"]
        [availability] = [each["availability"] for each in people if each["id"] == own_id]
        return str(availability)

    assert seen() == "away"
    with following(server, colleague) as console:
        while seen() != "online":
            pass
        answer = colleague.put("/me/availability", json={"away": True})
        assert answer.status_code == 204
        assert console.next()["kind"] == "me.changed"
    assert colleague.get("/me").json()["away"] is True
    assert seen() == "away"


def test_a_new_session_arrives(server: RealServer) -> None:
    with following(server, server.owner) as console:
        session = server.owner.create_session("pin", name="Carla")
        event = console.until("session.changed", id=session["id"])
    assert event["session"] == session


def test_a_console_that_reconnects_misses_nothing_and_gets_nothing_twice(
    server: RealServer,
) -> None:
    with following(server, server.owner) as console:
        session = server.owner.create_session()
        number = console.until("session.changed", id=session["id"])["number"]
    missed = [server.owner.create_session()["id"] for _ in range(20)]
    with open_console(server) as console:
        console.subscribe(server.owner.access_token, number)
        hello = console.next()
        assert hello["resumed"] is True
        last = server.owner.create_session()["id"]
        events = [console.until("session.changed") for _ in range(21)]
    assert [event["session"]["id"] for event in events] == [*missed, last]
    numbers = [event["number"] for event in events]
    assert numbers == sorted(set(numbers))
    assert numbers[0] > number


@pytest.mark.parametrize("after", [-5, 10**12])
def test_a_number_that_cannot_be_resumed_from_is_not_resumed(
    server: RealServer, after: int
) -> None:
    with following(server, server.owner) as earlier, open_console(server) as console:
        before = server.owner.create_session()
        # The stream runs behind the answers: what it has not read yet is new to whoever comes.
        earlier.until("session.changed", id=before["id"])
        console.subscribe(server.owner.access_token, after)
        hello = console.next()
        assert hello["resumed"] is False
        session = server.owner.create_session()
        assert console.next()["session"]["id"] == session["id"]


@pytest.mark.parametrize(
    "message",
    [
        "",
        "garbage",
        "[]",
        '{"kind": "subscribe"}',
        '{"kind": "hello", "access_token": "x"}',
        '{"kind": "subscribe", "access_token": "x", "after": "y"}',
        '{"kind": "subscribe", "access_token": "' + "x" * 5_000 + '"}',
        "[" * 60_000,
        b"\x00\x01",
    ],
    ids=lambda message: repr(message[:40]),
)
def test_an_invalid_first_message_ends_it(server: RealServer, message: str | bytes) -> None:
    with open_console(server) as console:
        console.connection.send(message)
        assert console.close_code() == CLOSE_MALFORMED


@pytest.mark.parametrize("message", ["garbage", b"\x00\x01"])
def test_an_invalid_later_message_ends_it(server: RealServer, message: str | bytes) -> None:
    with following(server, server.owner) as console:
        console.connection.send(message)
        assert console.close_code() == CLOSE_MALFORMED


def test_a_message_that_is_far_too_large_ends_it(server: RealServer) -> None:
    with open_console(server) as console:
        console.connection.send("x" * 200_000)
        assert console.close_code() == 1009


@pytest.mark.parametrize("token", ["", "garbage", "\u0000"])
def test_a_wrong_token_ends_it(server: RealServer, token: str) -> None:
    with open_console(server) as console:
        console.subscribe(token)
        assert console.close_code() == CLOSE_TOKEN_REFUSED


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_a_page_of_another_site_is_refused(server: RealServer, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused, open_console(server, origin=origin):
        pass
    assert refused.value.response.status_code == 403


def test_a_page_of_this_server_may_listen(server: RealServer) -> None:
    with open_console(server, origin=server.url) as console:
        console.subscribe(server.owner.access_token)
        assert console.next()["kind"] == "hello"


def test_an_unknown_address_is_refused(server: RealServer) -> None:
    url = server.events_url + "/more"
    with pytest.raises(InvalidStatus), connect(url, proxy=None):
        pass


def test_it_ends_when_the_token_expires_unless_it_was_renewed(
    server: RealServer, group_id: str
) -> None:
    asker = make_technician(server, group_id)
    renewed = server.sign_in(asker.get("/me").json()["email"], PASSWORD)
    end_token_soon(server, asker.access_token)
    with following(server, asker) as console, following(server, asker) as careless:
        console.subscribe(renewed.access_token)
        assert careless.close_code() == CLOSE_TOKEN_REFUSED
        session = renewed.create_session()
        assert console.until("session.changed", id=session["id"])


def test_a_wrong_token_in_place_of_a_good_one_ends_it(server: RealServer) -> None:
    with following(server, server.owner) as console:
        console.subscribe("garbage")
        assert console.close_code() == CLOSE_TOKEN_REFUSED


def test_a_change_of_permissions_arrives_and_changes_what_is_seen(
    server: RealServer, group_id: str
) -> None:
    asker = make_technician(server, group_id)
    me = asker.get("/me").json()
    top = server.owner.get("/groups").json()["items"][0]["id"]
    other = server.owner.post("/groups", json={"name": "Other", "parent_id": top}).json()["id"]
    colleague = make_technician(server, group_id)
    with following(server, asker) as console:
        seen = colleague.create_session()
        console.until("session.changed", id=seen["id"])
        moved = server.owner.patch(f"/technicians/{me['id']}", json={"group_id": other})
        assert moved.status_code == 200
        console.until("me.changed")
        assert asker.get("/me").json()["group"]["id"] == other
        colleague.create_session()
        own = asker.create_session()
        # The colleague's session came first: if it were visible, it would be the next event.
        assert console.next()["session"]["id"] == own["id"]
    assert seen["id"] not in {item["id"] for item in asker.get("/sessions").json()["items"]}


def test_a_withdrawn_permission_arrives(server: RealServer, group_id: str) -> None:
    asker = make_technician(server, group_id)
    with following(server, asker) as console:
        change = {"permissions": {"hold_sessions": False}}
        assert server.owner.patch(f"/groups/{group_id}", json=change).status_code == 200
        console.until("me.changed")
        assert "hold_sessions" not in asker.get("/me").json()["permissions"]
        change = {"permissions": {"hold_sessions": None}}  # type: ignore[dict-item]
        assert server.owner.patch(f"/groups/{group_id}", json=change).status_code == 200
        console.until("me.changed")
        assert "hold_sessions" in asker.get("/me").json()["permissions"]


def test_a_disabled_technician_is_disconnected_at_once(server: RealServer, group_id: str) -> None:
    asker = make_technician(server, group_id)
    me = asker.get("/me").json()["id"]
    with following(server, asker) as console:
        assert server.owner.delete(f"/technicians/{me}").status_code == 204
        assert console.close_code() == CLOSE_TOKEN_REFUSED
    assert asker.get("/me").status_code == 401


def test_a_new_password_disconnects_the_other_sign_ins_at_once(
    server: RealServer, group_id: str
) -> None:
    asker = make_technician(server, group_id)
    other = server.sign_in(asker.get("/me").json()["email"], PASSWORD)
    body = {"current_password": PASSWORD, "new_password": "quite another set of words"}
    with following(server, other) as console:
        assert asker.post("/auth/password", json=body).status_code == 204
        assert console.close_code() == CLOSE_TOKEN_REFUSED
    assert asker.get("/me").status_code == 200


def test_signing_out_ends_it_at_once(server: RealServer, group_id: str) -> None:
    email = make_technician(server, group_id).get("/me").json()["email"]
    body = {"email": email, "password": PASSWORD}
    pair = server.asker().post("/auth/token", json=body).json()
    asker = server.asker(pair["access_token"])
    with following(server, asker) as console:
        asker.post("/auth/sign-out", json={"refresh_token": pair["refresh_token"]})
        assert console.close_code() == CLOSE_TOKEN_REFUSED


def test_a_reader_that_falls_behind_is_disconnected_and_resumes(server: RealServer) -> None:
    with open_console(server, max_queue=1) as slow, following(server, server.owner) as quick:
        slow.subscribe(server.owner.access_token)
        hello = slow.next()
        multiply_events(server, times=12_000)
        last = server.owner.create_session()["id"]
        quick_last = quick.until("session.changed", id=last)["number"]
        number = hello["number"]
        with suppress(ConnectionClosed):
            while True:
                number = slow.next()["number"]
        assert slow.connection.close_code == CLOSE_TOO_SLOW
    assert number < quick_last
    with open_console(server) as again:
        again.subscribe(server.owner.access_token, number)
        assert again.next()["resumed"] is True
        assert again.next()["number"] == number + 1
        assert again.until("session.changed", id=last)["number"] == quick_last


def multiply_events(server: RealServer, times: int) -> None:
    """Add events as another node would: copies of the newest ``session.changed``."""
    with closing(sqlite3.connect(server.data / "rescue.sqlite3", timeout=30)) as database:
        names = [row[1] for row in database.execute("PRAGMA table_info(events)")]
        columns = ", ".join(name for name in names if name != "number")
        database.execute(
            "WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted "
            f"WHERE n < {times}) INSERT INTO events ({columns}) SELECT {columns} "
            "FROM (SELECT * FROM events WHERE kind = 'session.changed' "
            "ORDER BY number DESC LIMIT 1), counted"
        )
        database.commit()


def test_many_consoles_that_come_at_once_do_not_get_past_the_limit(server: RealServer) -> None:
    greedy = server.sign_in()
    with ExitStack() as stack:
        consoles = [stack.enter_context(open_console(server)) for _ in range(2 * STREAMS_MAX)]
        for number, console in enumerate(consoles):
            message = {
                "kind": "subscribe",
                "access_token": greedy.access_token,
                "computer": f"Desk {number}",
            }
            console.connection.send(json.dumps(message))
        assert sum(is_greeted(console) for console in consoles) <= STREAMS_MAX


def is_greeted(console: Console) -> bool:
    with suppress(ConnectionClosed):
        return bool(console.next()["kind"] == "hello")
    return False


def test_one_sign_in_has_a_bounded_number_of_event_streams(server: RealServer) -> None:
    greedy, other = server.sign_in(), server.sign_in()
    with ExitStack() as stack:
        for _ in range(STREAMS_MAX):
            stack.enter_context(following(server, greedy))
        with open_console(server) as refused:
            refused.subscribe(greedy.access_token)
            assert refused.close_code() == CLOSE_TOO_MANY
        stack.enter_context(following(server, other))

    def room() -> bool:
        with open_console(server) as again:
            again.subscribe(greedy.access_token)
            return is_greeted(again)

    assert wait_until(room)
