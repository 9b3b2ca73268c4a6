"""PostgreSQL and the server start with the machine, in any order."""

import contextlib
import socket
import struct
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stage.programs import starts_programs
from tests.stage.servers.postgres import PostgresProcess
from tests.stage.servers.rescue_server import COMMAND, RealServer, create_owner, run_command
from tests.stage.until import WAIT_S, wait_until

pytestmark = pytest.mark.starts_programs

REFUSAL = b"SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0"
"""What PostgreSQL says meanwhile. Source: its documentation, message formats, ErrorResponse."""


@pytest.fixture
@starts_programs
def own_postgres() -> Iterator[PostgresProcess]:
    """A PostgreSQL that may be stopped without harm to other tests."""
    with PostgresProcess() as process:
        yield process


@pytest.fixture
def starting_postgres() -> Iterator[str]:
    """The URL of a PostgreSQL that is for ever about to start."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def refuse_all() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    with connection:
                        connection.recv(4_096)
                        connection.sendall(b"E" + struct.pack("!i", len(REFUSAL) + 4) + REFUSAL)

        thread = threading.Thread(target=refuse_all, daemon=True)
        thread.start()
        port = listener.getsockname()[1]
        yield f"postgresql://rescue@127.0.0.1:{port}/rescue?sslmode=disable&gssencmode=disable"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(WAIT_S)


def test_it_waits_for_postgresql_with_words_and_is_then_ready(
    tmp_path: Path, own_postgres: PostgresProcess
) -> None:
    url = own_postgres.make_database()
    server = RealServer(tmp_path / "data", "--database-url", url)
    own_postgres.stop()
    starting = threading.Thread(target=server.start)
    starting.start()
    try:
        wait_until(
            lambda: server.log_path.exists() and "PostgreSQL does not answer" in server.log_text()
        )
        assert server.running
    finally:
        own_postgres.start()
        starting.join(WAIT_S)
    with contextlib.closing(server.asker()) as asker:
        assert asker.get(f"{server.url}/healthz").json()["ready"] is True
    server.stop()
    assert "PostgreSQL answers now." in server.log_text()


def test_the_owner_may_be_made_while_postgresql_starts(
    tmp_path: Path, own_postgres: PostgresProcess
) -> None:
    url = own_postgres.make_database()
    own_postgres.stop()
    results: list[subprocess.CompletedProcess[str]] = []
    making = threading.Thread(
        target=lambda: results.append(create_owner(tmp_path / "data", "--database-url", url))
    )
    making.start()
    try:
        wait_until(lambda: (tmp_path / "data").exists())
    finally:
        own_postgres.start()
        making.join(WAIT_S)
    assert results[0].returncode == 0, results[0].stderr


@pytest.mark.parametrize("wait", ["0", "1"])
def test_when_its_patience_ends_it_says_why_and_exits(
    tmp_path: Path, starting_postgres: str, wait: str
) -> None:
    words = ["--database-url", starting_postgres, "--database-wait", wait]
    done = run_command("--data", str(tmp_path), "--port", "0", *words)
    assert done.returncode == 1
    assert ("starting or stopping" in done.stderr) == (wait != "0")
    assert "the database system is starting up" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_what_does_not_pass_by_waiting_is_said_at_once(
    tmp_path: Path, own_postgres: PostgresProcess
) -> None:
    url = own_postgres.make_database().replace("/tests_1?", "/nothing?")
    words = ["--database-url", url, "--database-wait", "3600"]
    done = run_command("--data", str(tmp_path), "--port", "0", *words)
    assert done.returncode == 1
    assert 'database "nothing" does not exist' in done.stderr


def test_while_it_waits_it_can_be_stopped(tmp_path: Path, starting_postgres: str) -> None:
    words = ["--data", str(tmp_path), "--port", "0", "--database-url", starting_postgres]
    with subprocess.Popen([*COMMAND, *words], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert "starting or stopping" in process.stderr.readline()
        process.terminate()
        process.wait(WAIT_S)
        assert "Traceback" not in process.stderr.read()
