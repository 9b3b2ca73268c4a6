"""What a program writes is its own user's alone, also where it was not before."""

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from rescue_console.system.private_files import (
    NotOurs,
    TooOpen,
    as_owner_of,
    check_ours,
    close_file,
    close_own,
    make_private,
)

if sys.platform == "win32":
    pytest.skip("rights as Unix has them", allow_module_level=True)

NOBODY = 65_534


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def passable() -> Iterator[Path]:
    """A folder that other users can pass through, in which root may play another user."""
    if os.geteuid() != 0:
        pytest.skip("only root may be another user")
    folder = Path(tempfile.mkdtemp(prefix="rescue-rights-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize("wide", [0o755, 0o750, 0o775, 0o2770, 0o701])
def test_a_folder_of_ones_own_is_closed_to_others(tmp_path: Path, wide: int) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    folder.chmod(wide)
    make_private(folder, own=True)
    assert mode(folder) == 0o700


def test_a_folder_that_is_missing_is_made_for_its_user_alone(tmp_path: Path) -> None:
    make_private(tmp_path / "new", own=False)
    assert mode(tmp_path / "new") == 0o700


@pytest.mark.parametrize(("wide", "own"), [(0o755, False), (0o1777, True)])
def test_a_folder_for_others_too_is_left_alone_and_refused(
    tmp_path: Path, wide: int, own: bool
) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(wide)
    with pytest.raises(TooOpen, match=f"{folder}.* chmod 700"):
        make_private(folder, own=own)
    assert mode(folder) == wide


def test_a_folder_whose_disk_keeps_no_rights_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o755)
    monkeypatch.setattr(Path, "chmod", lambda *_: None)
    with pytest.raises(TooOpen, match="a disk that keeps rights"):
        make_private(tmp_path, own=True)


def test_files_of_an_earlier_version_are_closed_with_their_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    log = tmp_path / "program.log"
    log.touch(0o644)
    log.chmod(0o644)
    close_own(tmp_path)
    assert (mode(tmp_path), mode(log)) == (0o700, 0o600)


def test_what_is_not_there_need_not_be_closed(tmp_path: Path) -> None:
    close_file(tmp_path / "nothing")
    check_ours(tmp_path / "nothing")


def test_somebody_elses_file_is_named_with_what_to_do(passable: Path) -> None:
    file = passable / "rescue.sqlite3"
    file.touch(0o600)
    os.seteuid(NOBODY)
    try:
        with pytest.raises(NotOurs, match=rf"{file} belongs to root.* chown -R .* {passable}$"):
            check_ours(file)
        with pytest.raises(TooOpen, match=f"{passable} .* belongs to root"):
            make_private(passable, own=True)
    finally:
        os.seteuid(0)


def test_a_file_of_ones_own_that_cannot_be_written_is_named(passable: Path) -> None:
    file = passable / "server.lock"
    file.touch(0o400)
    os.chown(file, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    try:
        with pytest.raises(NotOurs, match=f"{file} cannot be read and written.* chmod 600 {file}"):
            check_ours(file)
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("below", [".", "data", "data/deeper"])
def test_what_root_makes_in_anothers_folder_is_theirs(passable: Path, below: str) -> None:
    os.chown(passable, NOBODY, NOBODY)
    folder = passable / below
    with as_owner_of(folder) as in_their_place:
        assert in_their_place
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "file").touch()
    assert os.geteuid() == 0
    assert os.getegid() == 0
    found = (folder / "file").stat()
    assert (found.st_uid, found.st_gid) == (NOBODY, NOBODY)


def test_in_its_own_folder_root_stays_root(passable: Path) -> None:
    with as_owner_of(passable) as in_their_place:
        assert not in_their_place
        assert os.geteuid() == 0
