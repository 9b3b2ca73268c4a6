"""One real server for all tests of the API, with a technician who administers nothing."""

import uuid
from collections.abc import Iterator

import pytest

from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import Asker, RealServer

PASSWORD = "green ladders under snow"


@pytest.fixture(scope="session")
@starts_programs
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    folder = tmp_path_factory.mktemp("api")
    with RealServer(folder / "data", "--smtp-url", f"file://{folder}") as running:
        yield running


@pytest.fixture(scope="session")
def group_id(server: RealServer) -> str:
    """The id of a group below the topmost one."""
    top = server.owner.get("/groups").json()["items"][0]["id"]
    answer = server.owner.post("/groups", json={"name": "First line", "parent_id": top})
    assert answer.status_code == 201, answer.text
    made: str = answer.json()["id"]
    return made


@pytest.fixture(scope="session")
def technician(server: RealServer, group_id: str) -> Asker:
    """A technician without the administrator's role, signed in."""
    return make_technician(server, group_id)


def make_technician(server: RealServer, group_id: str) -> Asker:
    """Make an account in a group and sign it in."""
    email = f"{uuid.uuid4().hex}@help.example"
    body = {"email": email, "name": "Tom Baker", "password": PASSWORD, "group_id": group_id}
    answer = server.owner.post("/technicians", json=body)
    assert answer.status_code == 201, answer.text
    return server.sign_in(email, PASSWORD)
