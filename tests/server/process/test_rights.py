"""Who else on the machine can read what the server keeps: nobody, whatever was there before."""

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stage.servers.rescue_server import RealServer, create_owner, run_command
from tests.stage.until import until

if sys.platform == "win32":
    pytest.skip("rights as Unix has them", allow_module_level=True)

pytestmark = pytest.mark.starts_programs

NOBODY = 65_534
OTHERS = 0o077


@pytest.fixture
def anothers() -> Iterator[Path]:
    """A data folder that belongs to a user who is not root, as a service's does."""
    if os.geteuid() != 0:
        pytest.skip("only root may give a folder away")
    outer = Path(tempfile.mkdtemp(prefix="rescue-rights-"))
    outer.chmod(0o755)
    folder = outer / "data"
    folder.mkdir(mode=0o700)
    os.chown(folder, NOBODY, NOBODY)
    yield folder
    shutil.rmtree(outer)


def open_to_others(folder: Path) -> list[str]:
    """Return what others can read or write in *folder*, itself included."""
    return [
        f"{path.relative_to(folder)} {stat.S_IMODE(path.stat().st_mode):04o}"
        for path in (folder, *folder.rglob("*"))
        if path.stat().st_mode & OTHERS
    ]


def invite(server: RealServer) -> None:
    """Create a session and let its link be mailed."""
    session = server.owner.create_session("email", name="Carla")
    mail = {"to": "carla@customer.example"}
    answer = server.owner.post(
        f"/sessions/{session['id']}/emails", json=mail, headers={"Idempotency-Key": "one"}
    )
    assert answer.status_code == 202, answer.text


async def test_in_a_folder_that_was_open_nobody_else_reads_anything(tmp_path: Path) -> None:
    data, outbox = tmp_path / "data", tmp_path / "mails"
    for folder in (data, outbox):
        folder.mkdir()
        folder.chmod(0o755)
    with RealServer(data, "--smtp-url", outbox.as_uri()) as server:
        invite(server)
        await until(lambda: list(outbox.glob("*.eml")))
        assert (data / "rescue.sqlite3-wal").exists()
        assert open_to_others(data) == []
        assert open_to_others(outbox) == []


def test_what_an_earlier_version_left_open_is_closed(data: Path) -> None:
    data.chmod(0o755)
    for path in data.iterdir():
        path.chmod(0o644)
    with RealServer(data, make_owner=False):
        assert open_to_others(data) == []


@pytest.mark.parametrize("command", ["create-owner", "serve"])
def test_an_open_folder_with_other_things_is_refused_and_left_alone(
    tmp_path: Path, command: str
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "letter.txt").touch()
    home.chmod(0o755)
    if command == "serve":
        done = run_command("--data", str(home), "--port", "0")
    else:
        done = create_owner(home)
    assert done.returncode == 1
    assert f"chmod 700 {home}" in done.stderr
    assert stat.S_IMODE(home.stat().st_mode) == 0o755
    assert [path.name for path in home.iterdir()] == ["letter.txt"]


def test_an_open_folder_for_mails_with_other_things_is_refused(data: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "letter.txt").touch()
    home.chmod(0o755)
    done = run_command("--data", str(data), "--port", "0", "--smtp-url", home.as_uri())
    assert done.returncode == 1
    assert f"chmod 700 {home}" in done.stderr


def test_an_owner_made_by_root_leaves_the_folder_to_the_service(anothers: Path) -> None:
    done = create_owner(anothers)
    assert done.returncode == 0, done.stderr
    assert {path.stat().st_uid for path in anothers.iterdir()} == {NOBODY}


def test_a_server_started_by_root_leaves_the_folder_to_the_service(anothers: Path) -> None:
    with RealServer(anothers) as server:
        assert server.owner.get("/me").status_code == 200
        assert (anothers / "rescue.sqlite3-wal").exists()
        assert {path.stat().st_uid for path in anothers.iterdir()} == {NOBODY}


def test_a_file_that_root_left_in_the_services_folder_is_named(anothers: Path) -> None:
    file = anothers / "rescue.sqlite3"
    file.touch(0o600)
    done = create_owner(anothers)
    assert done.returncode == 1
    assert f"{file} belongs to root" in done.stderr
    assert f"chown -R nobody {anothers}" in done.stderr
