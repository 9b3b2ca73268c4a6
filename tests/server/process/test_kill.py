"""After a kill at any moment, what was accepted is kept, and a repeated request acts once."""

import threading
from pathlib import Path

import requests

from tests.stage.servers.rescue_server import RealServer

REQUESTS = 30


def test_a_creation_cut_off_by_a_kill_gives_one_session_when_repeated(data: Path) -> None:
    with RealServer(data, make_owner=False) as server:
        accepted: dict[str, str] = {}
        begun = threading.Event()

        def create_all() -> None:
            for number in range(REQUESTS * 100):
                key = f"creation {number}".replace(" ", "-")
                try:
                    answer = create(server, key)
                except requests.RequestException:
                    return
                accepted[key] = answer
                if number == REQUESTS:
                    begun.set()

        _ = server.owner
        creating = threading.Thread(target=create_all)
        creating.start()
        assert begun.wait(30)
        server.kill()
        creating.join(30)
        server.start()
        cut_off = f"creation-{len(accepted)}"
        again = create(server, cut_off)
        assert create(server, cut_off) == again
        assert {key: create(server, key) for key in accepted} == accepted
        listed = server.owner.get("/sessions", params={"limit": 1000}).json()["items"]
        assert {item["id"] for item in listed} >= {*list(accepted.values())[-500:], again}
        assert len(ids(server)) == len(accepted) + 1


def create(server: RealServer, key: str) -> str:
    """Create a session under an idempotency key; return its id."""
    answer = server.owner.post(
        "/sessions", json={"method": "link"}, headers={"Idempotency-Key": key}
    )
    assert answer.status_code == 201, answer.text
    session_id: str = answer.json()["id"]
    return session_id


def ids(server: RealServer) -> list[str]:
    """Return the ids of all sessions."""
    found: list[str] = []
    query: dict[str, str] = {}
    while True:
        page = server.owner.get("/sessions", params=query).json()
        found += [item["id"] for item in page["items"]]
        if page["next"] is None:
            return found
        query = {"after": page["next"]}


def test_sessions_sign_ins_and_deadlines_survive_a_kill(data: Path) -> None:
    with RealServer(data, make_owner=False) as server:
        session = server.owner.create_session("pin")
        number = server.owner.get("/sessions").json()["event_number"]
        server.kill()
        server.start()
        kept = server.owner.get(f"/sessions/{session['id']}").json()
        assert kept == session
        assert server.owner.get("/sessions").json()["event_number"] == number
