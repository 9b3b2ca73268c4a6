"""The log: JSON lines in which a whole session leaves nothing secret, at any level."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from websockets.sync.client import connect

from tests.stage.servers.rescue_server import OWNER_PASSWORD, RealServer
from tests.stage.until import WAIT_S

WRONG_PASSWORD = "wrong horse battery staple"
CUSTOMER = "carla.customer@example.org"


@pytest.mark.parametrize("level", ["debug", "info"])
def test_a_whole_journey_leaves_no_secret_in_the_log(
    data: Path, tmp_path: Path, level: str
) -> None:
    options = ["--log-level", level, "--smtp-url", f"file://{tmp_path}"]
    with RealServer(data, *options, make_owner=False) as server:
        secrets = journey(server)
        server.stop()
        log = server.log_text()
    assert [secret for secret in secrets if secret in log] == []
    for record in server.log_records():
        assert {"at", "level", "part", "said"} <= record.keys()
        assert datetime.fromisoformat(record["at"]).utcoffset() is not None
    routes = {record.get("route") for record in server.log_records()}
    assert {"/Customer/Code.aspx", "/api/v1/sessions/{session_id}/emails"} <= routes


def journey(server: RealServer) -> list[str]:
    """Do what owner, technician and customer do; return the secrets that must not be logged."""
    guess = {"email": "olivia@help.example", "password": WRONG_PASSWORD}
    assert server.asker().post("/auth/token", json=guess).status_code == 401
    guess["password"] = OWNER_PASSWORD
    pair = server.asker().post("/auth/token", json=guess).json()
    owner = server.asker(pair["access_token"])
    session = owner.create_session("email", name="Carla Customer")
    mail = owner.post(
        f"/sessions/{session['id']}/emails",
        json={"to": CUSTOMER},
        headers={"Idempotency-Key": "journey"},
    )
    assert mail.status_code == 202
    with connect(server.events_url, proxy=None, open_timeout=WAIT_S) as console:
        console.send(json.dumps({"kind": "subscribe", "access_token": pair["access_token"]}))
        console.recv(WAIT_S)
        customer = server.asker()
        assert customer.get(session["link"]).status_code == 200
        code, key = (part.partition("=")[2] for part in session["link"].split("&")[-2:])
        form = {"code": code, "key": key}
        assert customer.post(f"{server.url}/Customer/Join", data=form).status_code == 200
        pin = owner.create_session("pin")["code"]
        assert customer.post(f"{server.url}/Customer/Pin", data={"code": pin}).status_code == 200
        assert customer.get(f"{server.url}/?lang=fr&secret={WRONG_PASSWORD}").status_code == 200
        owner.post(f"/sessions/{session['id']}/start")
        owner.post(f"/sessions/{session['id']}/close")
    refreshed = owner.post("/auth/refresh", json={"refresh_token": pair["refresh_token"]}).json()
    return [
        WRONG_PASSWORD,
        OWNER_PASSWORD,
        pair["access_token"],
        pair["refresh_token"],
        refreshed["access_token"],
        refreshed["refresh_token"],
        code,
        key,
        pin,
        customer.cookies["rescue_customer"],
        session["mail"]["subject"],
        session["mail"]["text"].splitlines()[0],
        CUSTOMER,
        "Carla Customer",
    ]
