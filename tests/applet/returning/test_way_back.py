"""The file that leads the applet back: read once, by its user only, while it is valid."""

import os
import stat
import sys
import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rescue_console.applet.returning.way_back import LIFE_S, WayBack, keep, take
from tests.stage.applets.way_back import GOOD, NOW_S


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "way-back.json"


def taken(path: Path, *, built_for: str = "") -> WayBack | None:
    way_back = take(path, NOW_S, built_for)
    assert not path.exists()
    return way_back


def test_a_way_back_is_read_once_and_only_by_its_user(path: Path) -> None:
    keep(GOOD, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert taken(path) == GOOD
    assert taken(path) is None


def test_writing_again_replaces_the_file(path: Path) -> None:
    keep(GOOD, path)
    path.with_name(f"{path.name}.new").write_text("left by a crash")
    keep(msgspec.structs.replace(GOOD, powers=[]), path)
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    way_back = taken(path)
    assert way_back is not None
    assert way_back.powers == []


@pytest.mark.parametrize(("off_s", "valid"), [(0, True), (LIFE_S, True), (LIFE_S + 1, False)])
@pytest.mark.parametrize("sign", [1, -1], ids=["later", "clock set back"])
def test_a_way_back_is_valid_for_an_hour(path: Path, off_s: float, valid: bool, sign: int) -> None:
    keep(msgspec.structs.replace(GOOD, written_at=NOW_S - sign * off_s), path)
    assert (taken(path) is not None) is valid


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o622])
def test_a_file_that_others_can_access_is_no_way_back(path: Path, mode: int) -> None:
    keep(GOOD, path)
    path.chmod(mode)
    assert taken(path) is None


def test_another_users_file_is_no_way_back(path: Path) -> None:
    if sys.platform == "win32" or os.geteuid() != 0:
        pytest.skip("only root can give files away")
    keep(GOOD, path)
    os.chown(path, 65534, 65534)
    assert taken(path) is None


def test_a_link_is_not_followed(path: Path, tmp_path: Path) -> None:
    keep(GOOD, tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    assert taken(path) is None
    assert (tmp_path / "elsewhere").exists()


def test_a_pipe_is_not_waited_for(path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("there are no pipes in folders")
    os.mkfifo(path, 0o600)
    assert taken(path) is None


def test_a_folder_in_its_place_is_no_way_back(path: Path) -> None:
    path.mkdir()
    assert take(path, NOW_S, "") is None


def test_an_applet_built_for_a_server_returns_to_that_server_only(path: Path) -> None:
    keep(GOOD, path)
    assert taken(path, built_for="https://help.example") == GOOD
    keep(GOOD, path)
    assert taken(path, built_for="https://other.example") is None


@pytest.mark.parametrize(
    "changes",
    [
        {"server_url": "http://help.example"},
        {"server_url": "javascript:alert(1)"},
        {"server_url": "https://help.example\r\nX: y"},
        {"session_id": ""},
        {"code": "618689", "key": "k" * 22},
        {"token": ""},
        {"token": "t" * 201},
        {"powers": ["control"] * 8},
        {"powers": ["root"]},
        {"written_at": "now"},
        {"more": 1},
    ],
)
def test_invalid_values_are_no_way_back(path: Path, changes: dict[str, object]) -> None:
    values = msgspec.to_builtins(GOOD) | changes
    path.write_bytes(msgspec.json.encode(values))
    path.chmod(0o600)
    assert taken(path) is None


@pytest.mark.parametrize("content", [b"", b"{}", b"[" * 100_000, b"\xff\xfe", b"null"])
def test_malformed_content_is_no_way_back(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    path.chmod(0o600)
    assert taken(path) is None


@given(content=st.binary(max_size=500))
def test_random_bytes_do_no_harm(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("back") / "way-back.json"
    path.write_bytes(content)
    path.chmod(0o600)
    assert take(path, time.time(), "") is None
