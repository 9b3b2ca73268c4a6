"""Who may call what: every route is closed unless it is marked as public."""

import sqlite3
from contextlib import closing

import pytest

from tests.stage.rules.raw import ask
from tests.stage.rules.routes import NO_ID, Route, all_routes, closed_routes
from tests.stage.servers.accounts import make_technician
from tests.stage.servers.rescue_server import OWNER_EMAIL, OWNER_PASSWORD, Asker, RealServer

OPEN = {
    ("POST", "/api/v1/auth/token"),
    ("POST", "/api/v1/auth/refresh"),
    ("POST", "/api/v1/auth/sign-out"),
    ("WEBSOCKET", "/api/v1/events"),
    ("GET", "/api/v1/openapi.json"),
    ("GET", "/api/v1/openapi.json/openapi.json"),
    ("GET", "/api/v1/openapi.json/{path}"),
    ("GET", "/healthz"),
    ("GET", "/metrics"),
    ("GET", "/"),
    ("HEAD", "/"),
    ("POST", "/Customer/Pin"),
    ("GET", "/Customer/Code.aspx"),
    ("HEAD", "/Customer/Code.aspx"),
    ("POST", "/Customer/Join"),
    ("GET", "/Customer/Trial"),
    ("GET", "/Customer/Scriptless"),
    ("GET", "/Customer/Session"),
    ("POST", "/Customer/Leave"),
    ("WEBSOCKET", "/Customer/Live"),
    ("POST", "/Customer/Poll"),
    ("POST", "/Customer/Say"),
    ("GET", "/Customer/Ice"),
    ("GET", "/Customer/Applet/{name}"),
    ("POST", "/Customer/Applet/{name}"),
    ("POST", "/Customer/Applet"),
    ("POST", "/Customer/PageKey"),
    ("POST", "/Customer/AppletPin"),
    ("WEBSOCKET", "/api/v1/relay/{session_id}"),
    ("GET", "/static/join/{version}/{name}"),
}
"""What anybody may call: signing in, the event stream and the relay (whose first messages hold a
token), the description of the API, the customer's pages and applet (which present a link, a PIN, a
cookie or a token of their own), and health and metrics."""

FOR_EVERY_TECHNICIAN = {
    ("GET", "/api/v1/organization"),
    ("GET", "/api/v1/groups"),
}
"""Routes with a path of administration that every technician may call."""

ADMINISTRATION = ("/api/v1/organization", "/api/v1/groups", "/api/v1/technicians")

DISGUISES = {
    "a slash at the end": lambda path: f"{path}/",
    "two slashes at the end": lambda path: f"{path}//",
    "two slashes in front": lambda path: f"/{path}",
    "two slashes within": lambda path: path.replace("/v1/", "/v1//"),
    "a dot within": lambda path: path.replace("/v1/", "/v1/./"),
    "an encoded dot within": lambda path: path.replace("/v1/", "/v1/%2e/"),
    "up and down again": lambda path: path.replace("/v1/", "/v1/auth/../"),
    "up and down again, encoded": lambda path: path.replace("/v1/", "/v1/auth/%2e%2e/"),
    "up from an open page": lambda path: f"/static/join/1/%2e%2e/%2e%2e/%2e%2e{path}",
    "an encoded slash": lambda path: path.replace("/v1/", "/v1%2f"),
    "an encoded letter": lambda path: path.replace("/api/", "/%61pi/"),
    "twice encoded": lambda path: path.replace("/api/", "/%2561pi/"),
    "capital letters": lambda path: path.upper(),
    "a path parameter": lambda path: f"{path};public=1",
    "an encoded null": lambda path: f"{path}%00",
}

closed = pytest.mark.parametrize("route", closed_routes(), ids=lambda r: f"{r.method} {r.template}")


def is_administration(route: Route) -> bool:
    asked = (route.method, route.template)
    return route.template.startswith(ADMINISTRATION) and asked not in FOR_EVERY_TECHNICIAN


def test_only_these_routes_are_open() -> None:
    opened = {(route.method, route.template) for route in all_routes() if route.public}
    assert opened == OPEN


def test_there_are_routes_to_check() -> None:
    assert len(closed_routes()) >= 25


@closed
def test_a_closed_route_asks_who_calls(server: RealServer, route: Route) -> None:
    for headers in (
        {},
        {"Authorization": ""},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer garbage"},
        {"Authorization": f"Basic {server.owner.access_token}"},
        {"Authorization": server.owner.access_token},
        {"Cookie": f"access_token={server.owner.access_token}"},
    ):
        answer = ask(server.url, route.method, route.path, headers=headers)
        assert (answer.status, answer.word) == (401, "not-signed-in"), headers
        assert answer.headers["www-authenticate"] == "Bearer"


@closed
def test_a_token_in_the_address_does_not_count(server: RealServer, route: Route) -> None:
    path = f"{route.path}?access_token={server.owner.access_token}"
    assert ask(server.url, route.method, path).status == 401


@closed
def test_administration_is_for_administrators(
    server: RealServer, technician: Asker, route: Route
) -> None:
    body = b"{}" if route.method in ("POST", "PATCH") else None
    headers = {"Content-Type": "application/json"}
    answer = ask(
        server.url,
        route.method,
        route.path,
        token=technician.access_token,
        body=body,
        headers=headers,
    )
    assert answer.status not in (401, 500)
    if is_administration(route):
        # The body may be refused before the caller's role is checked; that reveals nothing.
        assert (answer.status, answer.word) in [(403, "not-allowed"), (400, "invalid")]
        assert route.method in ("POST", "PATCH") or answer.status == 403


def test_a_technician_cannot_administer_with_a_valid_body(
    server: RealServer, technician: Asker, group_id: str
) -> None:
    me = technician.get("/me").json()["id"]
    person = {"email": "x@help.example", "name": "X", "password": "green ladders under snow"}
    calls = [
        technician.patch("/organization", json={"name": "Mine"}),
        technician.post("/groups", json={"name": "Mine", "parent_id": group_id}),
        technician.patch(f"/groups/{group_id}", json={"name": "Mine"}),
        technician.delete(f"/groups/{group_id}"),
        technician.get("/technicians"),
        technician.post("/technicians", json={**person, "group_id": group_id}),
        technician.patch(f"/technicians/{me}", json={"administrator": True}),
        technician.delete(f"/technicians/{me}"),
    ]
    assert [(answer.status_code, answer.json()["title"]) for answer in calls] == [
        (403, "Not allowed")
    ] * len(calls)


@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES.keys())
def test_no_way_of_writing_a_path_opens_a_closed_route(
    server: RealServer, disguise: "type[str]"
) -> None:
    answers = {
        route: ask(server.url, route.method, disguise(route.path)).status
        for route in closed_routes()
        if route.is_api
    }
    assert set(answers.values()) <= {400, 401, 404, 405}, answers


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "X"])
def test_no_other_method_opens_a_closed_route(server: RealServer, method: str) -> None:
    answers = {
        route.template: ask(server.url, method, route.path).status
        for route in closed_routes()
        if route.is_api
    }
    assert set(answers.values()) <= {400, 401, 405}, answers


def test_a_header_that_names_another_method_changes_nothing(server: RealServer) -> None:
    session = server.owner.create_session()
    path = f"/api/v1/sessions/{session['id']}"
    for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        ask(server.url, "GET", path, token=server.owner.access_token, headers={name: "DELETE"})
    ask(server.url, "GET", "/healthz", headers={"X-Original-URL": path, "X-Rewrite-URL": path})
    assert server.owner.get(f"/sessions/{session['id']}").json()["status"] == "invited"


def test_refresh_and_access_tokens_cannot_be_swapped(server: RealServer) -> None:
    body = {"email": OWNER_EMAIL, "password": OWNER_PASSWORD}
    pair = server.asker().post("/auth/token", json=body).json()
    assert server.asker(pair["access_token"]).get("/me").status_code == 200
    assert server.asker(pair["refresh_token"]).get("/me").status_code == 401
    swapped = server.asker().post("/auth/refresh", json={"refresh_token": pair["access_token"]})
    assert swapped.status_code == 401


def test_an_expired_access_token_is_refused(server: RealServer, group_id: str) -> None:
    asker = make_technician(server, group_id)
    assert asker.get("/me").status_code == 200
    expire_tokens(server, asker.get("/me").json()["id"])
    answer = ask(server.url, "GET", "/api/v1/me", token=asker.access_token)
    assert (answer.status, answer.word) == (401, "not-signed-in")


def expire_tokens(server: RealServer, technician_id: str) -> None:
    """Let all tokens of a technician have expired long ago."""
    with closing(sqlite3.connect(server.data / "rescue.sqlite3", timeout=30)) as database:
        database.execute(
            "UPDATE tokens SET expires_at = 1 WHERE sign_in_id IN "
            "(SELECT id FROM sign_ins WHERE technician_id = ?)",
            (technician_id,),
        )
        database.commit()


def test_the_access_token_of_an_ended_sign_in_is_refused(server: RealServer) -> None:
    body = {"email": OWNER_EMAIL, "password": OWNER_PASSWORD}
    pair = server.asker().post("/auth/token", json=body).json()
    asker = server.asker(pair["access_token"])
    assert asker.get("/me").status_code == 200
    ended = asker.post("/auth/sign-out", json={"refresh_token": pair["refresh_token"]})
    assert ended.status_code == 204
    assert asker.get("/me").status_code == 401


def test_an_unknown_path_is_not_found(server: RealServer) -> None:
    answer = ask(server.url, "GET", f"/api/v1/nothing/{NO_ID}")
    assert (answer.status, answer.word) == (404, "not-found")
