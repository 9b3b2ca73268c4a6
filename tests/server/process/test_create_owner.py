"""``create-owner``: the only way to create the first account."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rescue_console.server.__main__ import main
from tests.stage.servers.rescue_server import (
    OWNER_EMAIL,
    OWNER_NAME,
    OWNER_PASSWORD,
    RealServer,
)

Refused = Callable[[Path, str, str], str]


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Refused:
    """Runs the command in this process; returns the one sentence that says why it is refused."""

    def run(folder: Path, email: str, password: str) -> str:
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{password}\n"))
        words = ["--data", str(folder), "--email", email, "--name", OWNER_NAME]
        assert main(["create-owner", *words, "--password-stdin"]) == 1
        said = capsys.readouterr().err
        assert len(said.splitlines()) == 1, said
        return said

    return run


def test_the_owner_signs_in_and_may_do_everything(data: Path) -> None:
    with RealServer(data, make_owner=False) as server:
        me = server.owner.get("/me").json()
    assert (me["email"], me["name"], me["administrator"]) == (OWNER_EMAIL, OWNER_NAME, True)
    assert {"private_sessions", "method_pin", "method_email", "method_link"} <= {*me["permissions"]}


def test_a_second_owner_is_refused(data: Path, refused: Refused) -> None:
    said = refused(data, "second@help.example", OWNER_PASSWORD)
    assert said == "rescue-server: This server already has an owner.\n"


@pytest.mark.parametrize(
    ("password", "words"),
    [("short", "at least 12 characters"), ("password1234", "common"), ("", "at least 12")],
)
def test_a_weak_password_is_refused_with_a_sentence(
    tmp_path: Path, refused: Refused, password: str, words: str
) -> None:
    said = refused(tmp_path / "data", OWNER_EMAIL, password)
    assert words in said
    assert not password or password not in said


def test_a_bad_address_is_refused_with_a_sentence(tmp_path: Path, refused: Refused) -> None:
    said = refused(tmp_path / "data", "nobody", OWNER_PASSWORD)
    assert said == "rescue-server: The address has no @.\n"


def test_passwords_and_tokens_are_not_stored_in_the_clear(data: Path) -> None:
    with RealServer(data, make_owner=False) as server:
        token = server.owner.access_token
    kept = b"".join(path.read_bytes() for path in data.iterdir())
    assert OWNER_PASSWORD.encode() not in kept
    assert token.encode() not in kept


def test_only_its_user_may_read_the_data_folder(tmp_path: Path, refused: Refused) -> None:
    refused(tmp_path / "fresh", OWNER_EMAIL, "short")
    assert (tmp_path / "fresh").stat().st_mode & 0o077 == 0


@pytest.mark.starts_programs
def test_a_server_without_an_owner_lets_nobody_sign_in_and_shows_its_pages(tmp_path: Path) -> None:
    with RealServer(tmp_path / "data", make_owner=False) as server:
        asker = server.asker()
        for email, password in [("admin@localhost", "admin"), ("owner@localhost", ""), ("", "")]:
            body = {"email": email, "password": password}
            assert asker.post("/auth/token", json=body).status_code == 401
        page = asker.get(f"{server.url}/")
        assert page.status_code == 200
        assert page.headers["content-type"].startswith("text/html")
        assert asker.get(f"{server.url}/healthz").json()["ready"] is True
