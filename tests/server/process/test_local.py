"""``--local``: the embedded server that a console starts for itself."""

import io
import signal
import sys
from pathlib import Path

import pytest

from rescue_console.server.__main__ import main
from tests.stage.servers.rescue_server import RealServer

pytestmark = pytest.mark.starts_programs

FIRST = "one two three four moons"
SECOND = "other words than the first"
LOCAL_OWNER = "owner@localhost"


def local_server(data: Path, password: str) -> RealServer:
    return RealServer(data, "--local", make_owner=False, first_line=password)


def close_stdin(server: RealServer) -> None:
    assert server.process.stdin is not None
    server.process.stdin.close()


def sign_in_status(server: RealServer, password: str) -> int:
    body = {"email": LOCAL_OWNER, "password": password}
    return server.asker().post("/auth/token", json=body).status_code


def test_the_line_on_standard_input_is_the_owners_password(tmp_path: Path) -> None:
    with local_server(tmp_path / "data", FIRST) as server:
        assert server.sign_in(LOCAL_OWNER, FIRST).get("/me").json()["administrator"] is True
        assert sign_in_status(server, SECOND) == 401
        assert server.url.startswith("http://127.0.0.1:")


def test_it_stops_when_standard_input_ends(tmp_path: Path) -> None:
    with local_server(tmp_path / "data", FIRST) as server:
        close_stdin(server)
        server.check_end()


def test_it_stops_on_a_signal_while_standard_input_is_open(tmp_path: Path) -> None:
    with local_server(tmp_path / "data", FIRST) as server:
        server.stop(signal.SIGTERM)


def test_another_start_uses_another_password_and_keeps_the_sessions(tmp_path: Path) -> None:
    with local_server(tmp_path / "data", FIRST) as server:
        created = server.sign_in(LOCAL_OWNER, FIRST).create_session()
    with local_server(tmp_path / "data", SECOND) as server:
        assert sign_in_status(server, FIRST) == 401
        owner = server.sign_in(LOCAL_OWNER, SECOND)
        assert [item["id"] for item in owner.get("/sessions").json()["items"]] == [created["id"]]


def test_it_listens_on_loopback_only(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--data", "unused", "--local", "--host", "0.0.0.0"])
    assert "--local" in capsys.readouterr().err


@pytest.mark.usefixtures("own_log")
@pytest.mark.parametrize("line", ["", "\n", "short\n"])
def test_without_a_password_it_does_not_start(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    line: str,
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(line))
    assert main(["--data", str(tmp_path / "data"), "--local", "--port", "0"]) == 1
    said = capsys.readouterr()
    assert "Ready" not in said.out
    assert "at least 12 characters" in said.err


@pytest.mark.usefixtures("own_log")
def test_the_folder_of_another_server_is_left_alone(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{FIRST}\n"))
    assert main(["--data", str(data), "--local", "--port", "0"]) == 1
    assert "another owner" in capsys.readouterr().err
