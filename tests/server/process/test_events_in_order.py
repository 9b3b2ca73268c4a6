"""Every console hears of all changes in order, whether they are written at once or queued."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect

from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import RealServer
from tests.stage.until import WAIT_S


@pytest.fixture(scope="module")
@starts_programs
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    with RealServer(Path(tmp_path_factory.mktemp("events")) / "data") as running:
        yield running


def subscribe(server: RealServer, stack: ExitStack, after: int | None = None) -> ClientConnection:
    stream = stack.enter_context(connect(server.events_url, open_timeout=WAIT_S))
    token = server.owner.access_token
    stream.send(json.dumps({"kind": "subscribe", "access_token": token, "after": after}))
    assert read(stream)["kind"] == "hello"
    return stream


def read(stream: ClientConnection) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(stream.recv(WAIT_S))
    return message


def test_changes_of_sessions_and_of_permissions_arrive_in_one_order(server: RealServer) -> None:
    # Before a change of permissions is sent, the console's token is checked, so the change is
    # queued; whatever follows must wait for it.
    with ExitStack() as stack:
        streams = [subscribe(server, stack) for _ in range(3)]
        group = server.owner.get("/groups").json()["items"][0]["id"]
        names = [f"Customer {number} é€" for number in range(6)]
        for name in names:
            server.owner.create_session(name=name)
            changed = server.owner.patch(f"/groups/{group}", json={"settings": {}})
            assert changed.status_code == 200

        for stream in streams:
            heard = [read(stream) for _ in range(2 * len(names))]
            numbers = [event["number"] for event in heard]
            assert numbers == sorted(set(numbers))
            assert [event["kind"] for event in heard] == ["session.changed", "me.changed"] * 6
            assert [event["session"]["name"] for event in heard[::2]] == names


def test_a_console_that_reconnects_gets_missed_and_new_changes_once(
    server: RealServer,
) -> None:
    with ExitStack() as stack:
        last = server.owner.get("/sessions").json()["event_number"]
        server.owner.create_session(name="before")
        stream = subscribe(server, stack, after=last)
        server.owner.create_session(name="after")

        assert [read(stream)["session"]["name"] for _ in range(2)] == ["before", "after"]


def test_a_long_change_arrives_whole(server: RealServer) -> None:
    name = "Ω" * 200
    with ExitStack() as stack:
        stream = subscribe(server, stack)
        server.owner.create_session(name=name)

        assert read(stream)["session"]["name"] == name
