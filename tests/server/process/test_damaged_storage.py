"""A database that is gone, empty, damaged or not the newest: one sentence, and nothing is lost."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import RealServer, create_owner, run_command

pytestmark = pytest.mark.starts_programs

SESSIONS = 12


@pytest.fixture(scope="module")
@starts_programs
def cut_off(owned_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as ``kill -9`` leaves it, with sessions in the write-ahead log alone."""
    folder = tmp_path_factory.mktemp("cut") / "data"
    shutil.copytree(owned_folder, folder)
    with RealServer(folder, make_owner=False) as server:
        for _ in range(SESSIONS):
            server.owner.create_session(name="n" * 150)
        server.kill()
    assert wal(folder).stat().st_size > 0
    return folder


@pytest.fixture
def damaged(cut_off: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    return Path(shutil.copytree(cut_off, tmp_path / "data"))


def database(folder: Path) -> Path:
    return folder / "rescue.sqlite3"


def wal(folder: Path) -> Path:
    return folder / "rescue.sqlite3-wal"


def change(folder: Path, statement: str) -> None:
    """Change the database, with everything from its log in it afterwards."""
    with closing(sqlite3.connect(database(folder))) as connection:
        connection.execute(statement)
        connection.commit()


def flip(folder: Path) -> None:
    change(folder, "UPDATE alembic_version SET version_num = version_num")
    content = bytearray(database(folder).read_bytes())
    for place in range(4_096, len(content), 611):
        content[place] ^= 0xFF
    database(folder).write_bytes(content)


def halve(folder: Path) -> None:
    os.truncate(database(folder), database(folder).stat().st_size // 8_192 * 4_096)


def put_a_folder_there(folder: Path) -> None:
    database(folder).unlink()
    database(folder).mkdir()


def put_another_program_there(folder: Path) -> None:
    for path in folder.glob("rescue.sqlite3*"):
        path.unlink()
    change(folder, "CREATE TABLE recipes (name TEXT)")


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty": (lambda folder: database(folder).write_bytes(b""), "is empty"),
    "gone": (lambda folder: database(folder).replace(folder / "away"), "is gone"),
    "gone with its log": (
        lambda folder: [path.rename(folder / path.suffix) for path in folder.glob("rescue.*")],
        "is gone",
    ),
    "garbage": (lambda folder: database(folder).write_bytes(os.urandom(200_000)), "cannot be used"),
    "half": (
        lambda folder: os.truncate(
            database(folder), database(folder).stat().st_size // 8_192 * 4_096
        ),
        "rescue.sqlite3",
    ),
    "a folder": (put_a_folder_there, "rescue.sqlite3"),
    "bytes flipped": (flip, "rescue.sqlite3"),
    "log lost": (lambda folder: wal(folder).rename(folder / "away"), "lacks what was saved last"),
    "log emptied": (lambda folder: os.truncate(wal(folder), 0), "lacks what was saved last"),
    "log cut": (
        lambda folder: os.truncate(wal(folder), wal(folder).stat().st_size // 2),
        "lacks what was saved last",
    ),
    "log garbage": (
        lambda folder: wal(folder).write_bytes(os.urandom(100_000)),
        "lacks what was saved last",
    ),
    "newer": (
        lambda folder: change(folder, "UPDATE alembic_version SET version_num = '0099'"),
        "newer version",
    ),
    "older than its tables": (
        lambda folder: change(folder, "UPDATE alembic_version SET version_num = '0002'"),
        "not those of the version",
    ),
    "no revision": (
        lambda folder: change(folder, "DELETE FROM alembic_version"),
        "not those of the version",
    ),
    "newer than its tables": (
        lambda folder: change(folder, "ALTER TABLE sessions DROP COLUMN applet_socket"),
        "not those of the version",
    ),
    "a table lost": (
        lambda folder: change(folder, "DROP TABLE attempts"),
        "not those of the version",
    ),
    "another program's": (put_another_program_there, "none of this server's tables"),
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("command", ["serve", "create-owner"])
def test_it_is_refused_with_a_sentence_and_left_as_it_is(
    damaged: Path, damage: str, command: str
) -> None:
    spoil, words = DAMAGES[damage]
    spoil(damaged)
    before = {path.name: path.read_bytes() for path in damaged.glob("*sqlite3*") if path.is_file()}
    if command == "serve":
        done = run_command("--data", str(damaged), "--port", "0")
    else:
        done = create_owner(damaged, email="second@help.example")
    assert (done.returncode, done.stdout) == (1, "")
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    for name, content in before.items():
        if not name.endswith("-shm"):
            assert (damaged / name).read_bytes() == content, name


def test_what_was_cut_off_and_is_whole_starts_with_everything(damaged: Path) -> None:
    with RealServer(damaged, make_owner=False) as server:
        page = server.owner.get("/sessions", params={"limit": 100}).json()
        assert len(page["items"]) == SESSIONS


def test_whoever_wants_to_go_on_with_what_is_left_can(damaged: Path) -> None:
    wal(damaged).unlink()
    (damaged / "server.state").unlink()
    with RealServer(damaged, make_owner=False) as server:
        assert server.owner.get("/me").status_code == 200


def test_a_backup_is_taken_and_no_number_comes_twice(data: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup.sqlite3"
    with RealServer(data, make_owner=False) as server:
        kept = server.owner.create_session()["id"]
        with (
            closing(sqlite3.connect(database(data))) as source,
            closing(sqlite3.connect(backup)) as target,
        ):
            source.backup(target)
        for _ in range(5):
            server.owner.create_session()
        told = server.owner.get("/sessions").json()["event_number"]
        server.stop()
        for path in data.glob("rescue.sqlite3*"):
            path.unlink()
        shutil.copy(backup, database(data))
        server.start()
        page = server.owner.get("/sessions").json()
        assert [session["id"] for session in page["items"]] == [kept]
        server.owner.create_session()
        assert server.owner.get("/sessions").json()["event_number"] > told
