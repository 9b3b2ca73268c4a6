"""A full disk or a locked database gets a clear answer, loses nothing, and can be put right."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from rescue_console import __version__
from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import RealServer, run_command
from tests.stage.until import wait_until

DISK = "4m"


@pytest.fixture
@starts_programs
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of the size DISK."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux may mount a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=700", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("this machine does not let a small disk be mounted")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_loses_nothing_and_the_server_recovers(small_disk: Path, data: Path) -> None:
    shutil.copytree(data, small_disk / "data")
    server = RealServer(small_disk / "data", make_owner=False)
    server.log_path = data.with_name("server.log")
    server.expected_errors.append("disk is full")
    with server:
        accepted = [server.owner.create_session(name="before")["id"]]
        fill(small_disk / "filling")
        while True:
            answer = server.owner.post("/sessions", json={"method": "link"})
            if answer.status_code != 201:
                break
            accepted.append(answer.json()["id"])
        assert answer.status_code == 507
        assert answer.json()["type"].endswith(":storage-full")
        assert "Make room" in answer.json()["detail"]
        assert server.owner.get(f"/sessions/{accepted[-1]}").status_code == 200
        health = server.asker().get(f"{server.url}/healthz")
        assert (health.status_code, health.json()["ready"]) == (503, False)
        assert "Make room" in health.json()["detail"]
        (small_disk / "filling").unlink()
        accepted.append(server.owner.create_session(name="after")["id"])
        assert wait_until(lambda: server.asker().get(f"{server.url}/healthz").json()["ready"])
        server.stop()
        server.start()
        page = server.owner.get("/sessions", params={"limit": 1000}).json()
        assert [item["id"] for item in page["items"]] == accepted[::-1]


@pytest.mark.parametrize("first", [True, False], ids=["first start", "later start"])
def test_on_a_full_disk_it_does_not_start_and_says_why(
    small_disk: Path, data: Path, *, first: bool
) -> None:
    if not first:
        shutil.copytree(data, small_disk / "data")
    fill(small_disk / "filling")
    done = run_command("--data", str(small_disk / "data"), "--port", "0")
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert str(small_disk) in done.stderr
    assert "full" in done.stderr or "No space left" in done.stderr
    (small_disk / "filling").unlink()
    with RealServer(small_disk / "data", make_owner=False) as server:
        assert server.asker().get(f"{server.url}/healthz").json() == {"ready": True, "detail": ""}


def test_a_stranger_learns_from_its_health_neither_host_nor_version(data: Path) -> None:
    with RealServer(data, make_owner=False) as server:
        told = server.asker().get(f"{server.url}/healthz").text
    assert __version__ not in told
    assert "127.0.0.1" not in told


def fill(path: Path) -> None:
    """Write to *path* until nothing more fits on its disk."""
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4_096)
        except OSError:
            return


def test_a_locked_database_is_reported_as_busy_and_works_again(data: Path) -> None:
    server = RealServer(data, make_owner=False)
    server.expected_errors.append("database is busy")
    with server:
        session = server.owner.create_session()
        with closing(sqlite3.connect(data / "rescue.sqlite3", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            answer = server.owner.post("/sessions", json={"method": "link"})
            assert answer.status_code == 503
            assert answer.json()["type"].endswith(":storage-busy")
            assert int(answer.headers["retry-after"]) > 0
            # Reading still works meanwhile.
            assert server.owner.get(f"/sessions/{session['id']}").status_code == 200
            other.execute("ROLLBACK")
        assert server.owner.create_session()
