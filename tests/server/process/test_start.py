"""Starting: the line that scripts wait for, and the error when the server cannot start."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from rescue_console.server.__main__ import main
from tests.stage.servers.certificates import Certificates
from tests.stage.servers.rescue_server import COMMAND, RealServer, run_command
from tests.stage.until import WAIT_S

SECRET = "hunter2hunter2"


Refused = Callable[..., str]


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str], own_log: None) -> Refused:
    """Runs the command in this process; returns the one sentence that says why it is refused."""

    def run(*words: str) -> str:
        assert main(["--port", "0", *words]) == 1
        said = capsys.readouterr()
        assert said.out == ""
        assert len(said.err.splitlines()) == 1, said.err
        assert said.err.startswith("rescue-server: ")
        return said.err

    return run


def test_it_says_ready_when_it_accepts_requests_on_a_free_port(data: Path) -> None:
    with RealServer(data, make_owner=False) as server:
        parts = urlsplit(server.url)
        assert (parts.scheme, parts.hostname) == ("http", "127.0.0.1")
        assert parts.port
        answer = server.asker().get(f"{server.url}/healthz")
        assert answer.status_code == 200


def test_a_taken_port_is_named(data: Path, refused: Refused) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = refused("--data", str(data), "--port", port)
    assert port in said
    assert "--port" in said


def test_an_address_of_another_machine_is_refused(data: Path, refused: Refused) -> None:
    assert "192.0.2.1" in refused("--data", str(data), "--host", "192.0.2.1")


def test_a_data_folder_in_use_is_refused_with_its_own_exit_code(data: Path) -> None:
    with RealServer(data, make_owner=False) as server:
        done = run_command("--data", str(data), "--port", "0")
        assert done.returncode == 3
        assert str(data) in done.stderr
        assert "--data" in done.stderr
        assert server.owner.get("/me").status_code == 200


def test_a_file_in_place_of_the_data_folder_is_refused(tmp_path: Path, refused: Refused) -> None:
    (tmp_path / "data").touch()
    assert str(tmp_path / "data") in refused("--data", str(tmp_path / "data"))


@pytest.mark.skipif(sys.platform != "linux", reason="drops a capability of Linux")
@pytest.mark.parametrize("name", ["data", "."])
def test_an_unwritable_data_folder_is_refused(data: Path, name: str) -> None:
    folder = data.parent / name
    if name == ".":
        shutil.rmtree(data)
    folder.chmod(0o500)
    done = subprocess.run(
        [*_bound_by_modes(), *COMMAND, "--data", str(data), "--port", "0"],
        capture_output=True,
        text=True,
        timeout=WAIT_S,
        check=False,
    )
    folder.chmod(0o700)
    assert done.returncode == 1
    assert "Permission denied" in done.stderr
    assert str(data) in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "url",
    [
        f"imap://user:{SECRET}@mail.example.org",
        f"smtp://user:{SECRET}@mail.example.org:port",
        f"smtp://user:{SECRET}@mail.example.org?nonsense=1",
        f"smtp://user:{SECRET}@",
    ],
)
def test_a_bad_smtp_url_is_refused_without_its_password(
    data: Path, refused: Refused, url: str
) -> None:
    said = refused("--data", str(data), "--smtp-url", url)
    assert SECRET not in said


@pytest.mark.parametrize(
    "url",
    [
        f"mysql://user:{SECRET}@db/rescue",
        f"nonsense {SECRET}",
        f"postgresql://user:{SECRET}@db:port/rescue",
        f"postgresql://user:{SECRET}@127.0.0.1:1/rescue",
    ],
)
def test_a_database_that_cannot_be_used_is_refused_without_its_password(
    data: Path, refused: Refused, url: str
) -> None:
    said = refused("--data", str(data), "--database-url", url, "--database-wait", "0")
    assert SECRET not in said


def test_a_bad_public_url_is_refused(data: Path, refused: Refused) -> None:
    assert "https://HOST" in refused("--data", str(data), "--public-url", "help.example.org")


def test_a_file_that_is_not_a_database_is_refused(data: Path, refused: Refused) -> None:
    for path in data.glob("rescue.sqlite3*"):
        path.write_bytes(b"This is a letter to my aunt. " * 500)
    assert "database" in refused("--data", str(data))


def test_certificates_that_cannot_be_used_are_refused(
    data: Path, refused: Refused, certificates: Certificates, tmp_path: Path
) -> None:
    nothing = tmp_path / "nothing.pem"
    letter = tmp_path / "letter.pem"
    letter.write_text("Dear aunt")
    for cert, key in [
        (nothing, certificates.server),
        (letter, certificates.server),
        (certificates.authority, certificates.server),
    ]:
        words = ["--tls-cert", str(cert), "--tls-key", str(key)]
        assert str(cert) in refused("--data", str(data), *words)


def _bound_by_modes() -> list[str]:
    """Return a prefix for a command that makes it obey the modes of files, even as root."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return []
    capabilities = "-dac_override,-dac_read_search"
    return ["setpriv", f"--bounding-set={capabilities}", f"--inh-caps={capabilities}"]
