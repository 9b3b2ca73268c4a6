"""One real server for all tests of the API, with a technician who is not an administrator."""

from collections.abc import Iterator

import pytest

from tests.stage.programs import starts_programs
from tests.stage.servers.accounts import make_technician
from tests.stage.servers.rescue_server import Asker, RealServer


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
