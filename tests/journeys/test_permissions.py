"""A permission that is taken away while the technician works."""

from typing import Any

import pytest

from tests.stage.desk.desk import Desk
from tests.stage.desk.home import Home
from tests.stage.desk.labels import ENGLISH
from tests.stage.desk.steps import sign_in
from tests.stage.servers.rescue_server import RealServer

pytestmark = pytest.mark.timeout(300)

PASSWORD = "nine amber lanterns floating"
EMAIL = "nora@help.example"
WHY_DISABLED = (
    "Your technician group lacks the permission “Private sessions”. Ask your administrator."
)


def make_technician(server: RealServer) -> str:
    """Make a group with one technician, inheriting all permissions; return the group's id."""
    root = server.owner.get("/groups").json()["items"][0]
    group = _made(server, "/groups", {"name": "North", "parent_id": root["id"]})
    technician = {"email": EMAIL, "name": "Nora", "password": PASSWORD, "group_id": group["id"]}
    _made(server, "/technicians", technician)
    return str(group["id"])


def _made(server: RealServer, path: str, values: dict[str, str]) -> dict[str, Any]:
    answer = server.owner.post(path, json=values)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def allow(server: RealServer, group_id: str, allowed: bool | None) -> None:
    """Allow or deny the group private sessions; None = as its parent group has it."""
    change = {"permissions": {"private_sessions": allowed}}
    answer = server.owner.patch(f"/groups/{group_id}", json=change)
    assert answer.status_code == 200, answer.text


def test_a_permission_taken_away_disables_the_button_at_once_and_says_why(
    server: RealServer, home: Home
) -> None:
    group_id = make_technician(server)
    with Desk(home.environment, "--server", server.url) as desk:
        sign_in(desk, ENGLISH, EMAIL, PASSWORD)
        allow(server, group_id, False)
        screen = desk.see(lambda screen: not screen.can_press(ENGLISH.new_session))
        assert screen.tip(ENGLISH.new_session) == WHY_DISABLED

        allow(server, group_id, None)
        desk.see(lambda screen: screen.can_press(ENGLISH.new_session))
