"""Technicians' accounts on a real server."""

import uuid

from tests.stage.servers.rescue_server import Asker, RealServer

PASSWORD = "green ladders under snow"


def make_technician(server: RealServer, group_id: str) -> Asker:
    """Make an account in a group; return it, signed in."""
    email = f"{uuid.uuid4().hex}@help.example"
    body = {"email": email, "name": "Tom Baker", "password": PASSWORD, "group_id": group_id}
    answer = server.owner.post("/technicians", json=body)
    assert answer.status_code == 201, answer.text
    return server.sign_in(email, PASSWORD)
