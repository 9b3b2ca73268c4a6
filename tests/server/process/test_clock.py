"""A real server on a machine whose clock is set while it runs, and while it is stopped."""

import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rescue_console.server.pages.visit import CUSTOMER_COOKIE
from tests.stage.links import link_parts
from tests.stage.programs import starts_programs
from tests.stage.servers import moved_clock, rescue_server
from tests.stage.servers.rescue_server import RealServer
from tests.stage.until import WAIT_S, wait_until

DAY_S = 86_400


class MovedServer:
    """A server, and the file that moves its machine's clock."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "ahead"
        self.set_ahead(0)
        self.server = RealServer(
            folder / "data",
            *("--turn-urls", "turn:relay.example", "--turn-secret", "secret"),
            environment={moved_clock.VARIABLE: str(self._file)},
        )

    def set_ahead(self, ahead_s: int) -> None:
        """Set the machine's clock ahead."""
        fresh = self._file.with_suffix(".new")
        fresh.write_text(str(ahead_s), "ascii")
        fresh.replace(self._file)

    def statuses(self) -> set[str]:
        items = self.server.owner.get("/sessions").json()["items"]
        return {str(item["status"]) for item in items}

    def ahead(self) -> timedelta:
        """Return how far the server's time is ahead of the real time."""
        told = self.server.owner.get("/me").json()["server"]["time"]
        return datetime.fromisoformat(told) - datetime.now(UTC)

    def wait_until_ahead(self, seconds: int) -> None:
        wait_until(lambda: abs(self.ahead().total_seconds() - seconds) < WAIT_S)


@pytest.fixture
@starts_programs
def moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MovedServer]:
    monkeypatch.setattr(rescue_server, "COMMAND", moved_clock.COMMAND)
    moved = MovedServer(tmp_path)
    with moved.server:
        yield moved


def invite_and_help(moved: MovedServer) -> tuple[str, str]:
    """Make a session that nobody has joined, and an active one; return its id and cookie."""
    owner = moved.server.owner
    owner.create_session()
    active = owner.create_session()
    link = link_parts(active["link"])
    with moved.server.asker() as customer:
        form = {"code": link.code, "key": link.key}
        joined = customer.post(
            f"{moved.server.url}/Customer/Join", data=form, allow_redirects=False
        )
        assert joined.ok, joined.text
        cookie = f"{CUSTOMER_COOKIE}={customer.cookies[CUSTOMER_COOKIE]}"
    assert owner.post(f"/sessions/{active['id']}/start").ok
    assert moved.statuses() == {"invited", "active"}
    return active["id"], cookie


@pytest.mark.parametrize("jump_s", [DAY_S, -DAY_S])
def test_a_clock_that_is_set_and_set_back_ends_nothing(moved: MovedServer, jump_s: int) -> None:
    invite_and_help(moved)
    for ahead_s in (jump_s, 0):
        moved.set_ahead(ahead_s)
        moved.wait_until_ahead(ahead_s)
        assert moved.statuses() <= {"invited", "active", "reconnecting"}
        assert "invited" in moved.statuses()
        assert moved.server.sign_in().get("/me").ok


def test_a_clock_that_is_wrong_during_one_start_ends_nothing(moved: MovedServer) -> None:
    invite_and_help(moved)
    for ahead_s in (DAY_S, 40 * DAY_S, 0):
        moved.server.stop(signal.SIGTERM)
        moved.set_ahead(ahead_s)
        moved.server.start()
        assert abs(moved.ahead()) < timedelta(hours=1)
        assert "invited" in moved.statuses()
        assert not moved.statuses() & {"expired", "timed_out"}


def test_turn_credentials_go_by_the_machines_clock_as_turn_does(moved: MovedServer) -> None:
    session_id, cookie = invite_and_help(moved)
    moved.set_ahead(-DAY_S)
    moved.wait_until_ahead(-DAY_S)
    with moved.server.asker() as customer:
        answers = (
            customer.get(f"{moved.server.url}/Customer/Ice", headers={"Cookie": cookie}),
            moved.server.owner.get(f"/sessions/{session_id}/ice"),
        )
    # Only the server goes by the clock that is wrong here, not TURN and this test.
    for answer in answers:
        (turn,) = (server for server in answer.json()["items"] if server.get("username"))
        left_s = int(turn["username"].partition(":")[0]) - datetime.now(UTC).timestamp()
        assert 0 < left_s <= 15 * 60
