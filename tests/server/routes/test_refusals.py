"""Every bad request gets a problem with a stable word, and never an internal error."""

import json
import socket
from collections.abc import Mapping
from urllib.parse import urlsplit

import pytest

from rescue_console.protocol.limits import REQUEST_BODY_MAX
from tests.stage.rules.raw import Answer, ask
from tests.stage.rules.routes import NO_ID
from tests.stage.servers.rescue_server import OWNER_EMAIL, OWNER_PASSWORD, RealServer

JSON = {"Content-Type": "application/json"}
DEEP = b"[" * 100_000


def post(server: RealServer, path: str, body: bytes, headers: Mapping[str, str] = JSON) -> Answer:
    """Post *body* as the owner."""
    token = server.owner.access_token
    return ask(server.url, "POST", f"/api/v1{path}", token=token, body=body, headers=headers)


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b"", "invalid"),
        (b"{", "malformed"),
        (b"\xff\xfe", "malformed"),
        (b'{"method": "link", "name": "\xff"}', "malformed"),
        (b'{"method": "link", "name": "\\ud800"}', "malformed"),
        (DEEP, "malformed"),
        (b'{"method": ' + DEEP + b"}", "malformed"),
        (b"[]", "invalid"),
        (b"null", "invalid"),
        (b"{}", "invalid"),
        (b'{"method": "pigeon"}', "invalid"),
        (b'{"method": 7}', "invalid"),
        (b'{"method": "link", "mobile": "yes"}', "invalid"),
        (b'{"method": "link", "surprise": 1}', "invalid"),
        (b'{"method": "link", "surprise": ' + DEEP + b"}", "malformed"),
    ],
    ids=lambda value: repr(value[:40]),
)
def test_a_bad_body_is_refused(server: RealServer, body: bytes, word: str) -> None:
    answer = post(server, "/sessions", body)
    assert (answer.status, answer.word) == (400, word)


def test_a_wrong_field_is_named(server: RealServer) -> None:
    answer = post(server, "/sessions", b'{"method": "pigeon"}')
    [error] = json.loads(answer.body)["errors"]
    assert error["where"] == "method"
    assert error["what"]


def test_a_refusal_does_not_repeat_a_password(server: RealServer) -> None:
    secret = "a secret that nobody may see"
    body = json.dumps({"email": 5, "password": secret, "otp": [secret]}).encode()
    assert secret not in post(server, "/auth/token", body).body.decode()


@pytest.mark.parametrize("surplus", [1, REQUEST_BODY_MAX * 20])
def test_a_body_that_is_too_large_is_refused(server: RealServer, surplus: int) -> None:
    body = b'{"method": "link", "name": "' + b"x" * (REQUEST_BODY_MAX - 29 + surplus) + b'"}'
    answer = post(server, "/sessions", body)
    assert (answer.status, answer.word) == (413, "too-large")


def test_a_body_without_a_size_is_measured_while_it_arrives(server: RealServer) -> None:
    chunks = (b"x" * 4_096 for _ in range(REQUEST_BODY_MAX // 4_096 + 1))
    answer = server.owner.post("/sessions", data=chunks, headers=JSON)
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json"]
)
def test_a_body_with_another_content_type_than_json_is_refused(
    server: RealServer, kind: str
) -> None:
    answer = post(server, "/sessions", b'{"method": "link"}', {"Content-Type": kind})
    assert (answer.status, answer.word) == (415, "unsupported-media")


@pytest.mark.parametrize(
    "kind", ["application/json; charset=utf-8", "Application/JSON", "application/json"]
)
def test_the_content_type_of_json_may_be_written_in_any_way(server: RealServer, kind: str) -> None:
    answer = post(server, "/sessions", b'{"method": "link"}', {"Content-Type": kind})
    assert answer.status == 201


def test_a_body_without_a_content_type_is_read_as_json(server: RealServer) -> None:
    assert post(server, "/sessions", b'{"method": "link"}', {}).status == 201


def test_signing_in_accepts_a_one_time_password(server: RealServer) -> None:
    body = {"email": OWNER_EMAIL, "password": OWNER_PASSWORD, "otp": "123456"}
    answer = server.asker().post("/auth/token", json=body)
    assert answer.status_code == 200
    assert {*answer.json()} == {
        "access_token",
        "device",
        "expires_in",
        "refresh_token",
        "token_type",
    }


def test_caches_keep_no_answers(server: RealServer) -> None:
    body = {"email": OWNER_EMAIL, "password": OWNER_PASSWORD}
    answer = server.asker().post("/auth/token", json=body)
    assert answer.headers["cache-control"] == "no-store"
    assert server.owner.get("/sessions").headers["cache-control"] == "no-store"
    assert server.owner.get("/me").headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("key", [None, "", "with space", "é", "x" * 129])
def test_an_email_needs_an_idempotency_key(server: RealServer, key: str | None) -> None:
    session = server.owner.create_session("email")
    headers = JSON | ({} if key is None else {"Idempotency-Key": key})
    path = f"/sessions/{session['id']}/emails"
    answer = post(server, path, b'{"to": "carla@customer.example"}', headers)
    assert (answer.status, answer.word) == (400, "invalid")
    assert b"Idempotency-Key" in answer.body


@pytest.mark.parametrize("size", [0, 5, 129])
def test_an_idempotency_key_of_a_session_needs_the_right_length(
    server: RealServer, size: int
) -> None:
    answer = post(
        server, "/sessions", b'{"method": "link"}', JSON | {"Idempotency-Key": "k" * size}
    )
    assert answer.status == (201 if size == 5 else 400)


@pytest.mark.parametrize("name", ["XYZ", "x" * 65, "%00", "%F0%9F%98%80", "1'--"])
def test_an_invalid_id_is_refused(server: RealServer, name: str) -> None:
    path = f"/api/v1/sessions/{name}"
    answer = ask(server.url, "GET", path, token=server.owner.access_token)
    assert (answer.status, answer.word) in [(400, "invalid"), (404, "not-found")]


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=1001", "limit=x", "after=zz", "status=asleep", "limit=%00"]
)
def test_a_bad_query_is_refused(server: RealServer, query: str) -> None:
    path = f"/api/v1/sessions?{query}"
    answer = ask(server.url, "GET", path, token=server.owner.access_token)
    assert (answer.status, answer.word) == (400, "invalid")


def test_something_that_does_not_exist_is_not_found(server: RealServer) -> None:
    for path in (f"/sessions/{NO_ID}", f"/groups/{NO_ID}", f"/technicians/{NO_ID}", "/nothing"):
        answer = ask(server.url, "GET", f"/api/v1{path}", token=server.owner.access_token)
        assert (answer.status, answer.word) == (404, "not-found")


def test_the_refusal_of_a_method_names_the_allowed_ones(server: RealServer) -> None:
    answer = ask(server.url, "PUT", "/api/v1/sessions", token=server.owner.access_token)
    assert (answer.status, answer.word) == (405, "method-not-allowed")
    assert {"GET", "POST"} <= set(answer.headers["allow"].replace(",", " ").split())


def test_other_sites_get_no_cross_origin_headers(server: RealServer) -> None:
    headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "GET"}
    for method in ("GET", "OPTIONS"):
        answer = ask(server.url, method, "/api/v1/me", headers=headers)
        assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_times_are_rfc_3339_in_utc(server: RealServer) -> None:
    session = server.owner.create_session("pin")
    for name in ("created_at", "status_since", "expires_at", "due_at"):
        assert session[name].endswith("Z"), session
    assert server.owner.get("/me").json()["server"]["time"].endswith("Z")


def test_a_client_that_goes_in_the_middle_of_a_body_causes_no_server_error(
    server: RealServer,
) -> None:
    parts = urlsplit(server.url)
    assert parts.hostname
    head = (
        f"POST /api/v1/sessions HTTP/1.1\r\nHost: {parts.netloc}\r\n"
        f"Authorization: Bearer {server.owner.access_token}\r\n"
        "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
    )
    with socket.create_connection((parts.hostname, parts.port or 80)) as cut_off:
        cut_off.sendall(head.encode())
        cut_off.shutdown(socket.SHUT_WR)
        while cut_off.recv(4_096):
            pass
    # The server's log is read when it stops: any ERROR in it fails this module.
    assert ask(server.url, "GET", "/healthz").status == 200
