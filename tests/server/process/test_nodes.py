"""Two nodes on one PostgreSQL database learn of each other's changes, with Redis or without."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from rescue_console.applet.arriving.joining import join
from rescue_console.network.server_address import read_address
from rescue_console.protocol.choices import DevicePlatform
from rescue_console.protocol.events import CLOSE_TAKEN_OVER
from rescue_console.server.events.messenger import CHANNEL
from tests.stage.links import link_parts
from tests.stage.programs import starts_programs
from tests.stage.servers.postgres import PostgresProcess
from tests.stage.servers.redis_server import MISSING, RedisProcess
from tests.stage.servers.rescue_server import OWNER_EMAIL, OWNER_PASSWORD, RealServer
from tests.stage.until import WAIT_S

pytestmark = pytest.mark.skipif(MISSING, reason="needs redis-server: apt-get install redis-server")


@pytest.fixture
@starts_programs
def redis_process(tmp_path: Path) -> Iterator[RedisProcess]:
    process = RedisProcess(tmp_path)
    yield process
    process.stop()


@contextlib.contextmanager
def overhearing(client: redis.Redis) -> Iterator[redis.client.PubSub]:
    """Listen to the messages between the nodes."""
    subscription = client.pubsub(ignore_subscribe_messages=True)  # type: ignore[no-untyped-call]
    with contextlib.closing(subscription):
        subscription.subscribe(CHANNEL)
        yield subscription


@contextlib.contextmanager
def following(server: RealServer, token: str) -> Iterator[ClientConnection]:
    with connect(server.events_url, open_timeout=WAIT_S, proxy=None) as console:
        console.send(json.dumps({"kind": "subscribe", "access_token": token}))
        assert json.loads(console.recv(WAIT_S))["kind"] == "hello"
        yield console


def test_a_change_on_one_node_reaches_the_consoles_of_the_other(
    tmp_path: Path, redis_process: RedisProcess
) -> None:
    with contextlib.ExitStack() as stack:
        postgres = stack.enter_context(PostgresProcess())
        shared = ["--database-url", postgres.make_database(), "--redis-url", redis_process.url]
        first = stack.enter_context(RealServer(tmp_path / "first", *shared))
        second = stack.enter_context(RealServer(tmp_path / "second", *shared, make_owner=False))
        token = first.owner.access_token
        with following(second, token) as console:
            redis_process.wait_for_listeners(2)
            with overhearing(redis_process.client) as overheard:
                redis_process.wait_for_listeners(3)
                created = first.owner.create_session()
                event = json.loads(console.recv(WAIT_S))
                assert event["session"]["id"] == created["id"]
                assert any(overheard.get_message(timeout=WAIT_S) for _ in range(2))
            assert (
                second.asker(token).get(f"/sessions/{created['id']}").json()["id"] == created["id"]
            )
            redis_process.stop()
            unannounced = first.owner.create_session()
            event = json.loads(console.recv(WAIT_S))
            assert event["session"]["id"] == unannounced["id"]
        for server in (first, second):
            assert "Redis" in server.log_text()


@contextlib.contextmanager
def relayed(server: RealServer, session_id: str, token: str) -> Iterator[ClientConnection]:
    """Connect a console to the relay of *server*."""
    url = f"{server.url.replace('http', 'ws', 1)}/api/v1/relay/{session_id}"
    with connect(url, open_timeout=WAIT_S, proxy=None) as console:
        console.send(json.dumps({"access_token": token}))
        yield console


def close_code(console: ClientConnection) -> int | None:
    """Return the code with which the server closes the connection."""
    with contextlib.suppress(ConnectionClosed):
        while True:
            console.recv(WAIT_S)
    return console.close_code


def test_a_console_loses_the_relay_of_one_node_to_a_console_of_the_other(
    tmp_path: Path, redis_process: RedisProcess
) -> None:
    with contextlib.ExitStack() as stack:
        postgres = stack.enter_context(PostgresProcess())
        shared = ["--database-url", postgres.make_database(), "--redis-url", redis_process.url]
        first = stack.enter_context(RealServer(tmp_path / "first", *shared))
        second = stack.enter_context(RealServer(tmp_path / "second", *shared, make_owner=False))
        made = first.owner.create_session()
        join(read_address(first.url), link_parts(made["link"]), DevicePlatform.LINUX, None)
        path = f"/sessions/{made['id']}"
        assert first.owner.post(f"{path}/start").ok
        signing_in = {"email": OWNER_EMAIL, "password": OWNER_PASSWORD}
        other = second.asker().post("/auth/token", json=signing_in).json()["access_token"]
        with relayed(first, made["id"], first.owner.access_token) as desk:
            assert json.loads(desk.recv(WAIT_S)) == {"kind": "alone"}
            with relayed(second, made["id"], other) as laptop:
                assert close_code(laptop) == CLOSE_TAKEN_OVER
            answer = second.asker(other).post(f"{path}/seat", json={"take_over": True})
            assert answer.ok, answer.text
            assert close_code(desk) == CLOSE_TAKEN_OVER
        with relayed(second, made["id"], other) as laptop:
            assert json.loads(laptop.recv(WAIT_S)) == {"kind": "alone"}


@pytest.mark.starts_programs
def test_the_figures_of_all_nodes_added_up_count_nothing_twice(tmp_path: Path) -> None:
    with contextlib.ExitStack() as stack:
        shared = ["--database-url", stack.enter_context(PostgresProcess()).make_database()]
        first = stack.enter_context(RealServer(tmp_path / "first", *shared))
        second = stack.enter_context(RealServer(tmp_path / "second", *shared, make_owner=False))
        for server in (first, second):
            server.asker(first.owner.access_token).create_session()
        invited = 'rescue_sessions{status="invited"}'
        added_up = sum(figure(server, invited) for server in (first, second))
        assert added_up == 2
        assert figure(first, "process_open_fds") > 0
        # Whoever had them still has them after it was started again.
        first.kill()
        first.start()
        assert figure(first, invited) == 2


def figure(server: RealServer, name: str) -> float:
    """Return a figure in the metrics, 0 where the node does not report it."""
    text = server.asker().get(f"{server.url}/metrics").text
    found = [line.rpartition(" ")[2] for line in text.splitlines() if line.startswith(f"{name} ")]
    return float(found[0]) if found else 0.0


@pytest.mark.starts_programs
def test_without_its_database_a_server_says_that_it_is_not_ready(tmp_path: Path) -> None:
    with contextlib.ExitStack() as stack:
        postgres = contextlib.ExitStack()
        running = stack.enter_context(postgres).enter_context(PostgresProcess())
        server = RealServer(tmp_path / "data", "--database-url", running.make_database())
        server.expected_errors.append("storage trouble")
        stack.enter_context(server)
        asker = server.asker()
        assert asker.get(f"{server.url}/healthz").json()["ready"] is True
        assert server.owner.get("/me").status_code == 200
        postgres.close()
        answer = asker.get(f"{server.url}/healthz")
        assert (answer.status_code, answer.json()["ready"]) == (503, False)
        # Neither where the database is nor what this is: anybody may ask.
        assert answer.json().keys() == {"ready", "detail"}
        assert "socket" not in answer.text
        refused = server.owner.get("/me")
        assert (refused.status_code, refused.headers["content-type"]) == (
            503,
            "application/problem+json",
        )
