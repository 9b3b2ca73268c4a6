"""What brings the applet back: a copy of its file and an entry; nothing is left behind."""

import os
import sys
import time
from pathlib import Path

import msgspec
import pytest

from rescue_console.applet.returning.returning import (
    FOLDER,
    LEFT_AFTER_S,
    NoWayBack,
    Returning,
    forget_old,
    is_name,
    new_name,
)
from rescue_console.applet.returning.way_back import WayBack
from tests.stage.applets.computer import Computer
from tests.stage.applets.way_back import GOOD


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path / "data")


def fresh() -> WayBack:
    return msgspec.structs.replace(GOOD, written_at=time.time())


def test_the_file_that_the_customer_ran_is_copied_and_executable(
    computer: Computer, tmp_path: Path
) -> None:
    program = tmp_path / "Rescue-618689-key@help.example"
    program.write_bytes(b"\x7fELF program")
    name = new_name()
    Returning(computer, name, program).prepare(fresh())
    program.unlink()

    [path, *words] = computer.entries[name]
    assert words == ["--return", name]
    assert Path(path).read_bytes() == b"\x7fELF program"
    assert os.access(path, os.X_OK)
    # The copy's name does not give away the code and the key.
    assert "618689" not in path


def test_an_applet_run_from_source_starts_with_the_same_python(computer: Computer) -> None:
    name = new_name()
    Returning(computer, name).prepare(fresh())
    assert computer.entries[name][:3] == [sys.executable, "-m", "rescue_console.applet"]


def test_a_deleted_program_is_no_way_back_and_nothing_stays_behind(
    computer: Computer, tmp_path: Path
) -> None:
    returning = Returning(computer, new_name(), tmp_path / "deleted")
    with pytest.raises(NoWayBack, match="No such file"):
        returning.prepare(fresh())
    assert computer.entries == {}
    assert not list(computer.data_folder().iterdir())


def test_take_removes_entry_and_way_back_and_forget_the_rest(computer: Computer) -> None:
    returning = Returning(computer, new_name())
    returning.prepare(fresh())
    assert returning.take("") is not None
    assert computer.entries == {}
    assert returning.take("") is None
    returning.forget()
    returning.forget()
    assert not list(computer.data_folder().iterdir())


def test_restarts_of_two_sessions_do_not_disturb_each_other(computer: Computer) -> None:
    first, second = (Returning(computer, new_name()) for _ in range(2))
    first.prepare(fresh())
    second.prepare(fresh())
    first.take("")
    first.forget()
    assert len(computer.entries) == 1
    assert second.take("") is not None


def test_a_forgotten_way_back_is_not_written_again(computer: Computer) -> None:
    returning = Returning(computer, new_name())
    returning.prepare(fresh())
    returning.forget()
    with pytest.raises(OSError, match="No such file"):
        returning.keep(fresh())


def test_remains_of_an_old_restart_are_removed(computer: Computer) -> None:
    old, young = new_name(), new_name()
    for name in (old, young):
        Returning(computer, name).prepare(fresh())
    of_others = computer.data_folder() / FOLDER / "of others"
    of_others.mkdir()
    long_ago_s = time.time() - LEFT_AFTER_S - 60
    for folder in (computer.data_folder() / FOLDER / old, of_others):
        os.utime(folder, (long_ago_s, long_ago_s))

    forget_old(computer)

    assert list(computer.entries) == [young]
    assert of_others.exists()


def test_removing_nothing_is_no_error(computer: Computer) -> None:
    forget_old(computer)
    assert not computer.data_folder().exists()


@pytest.mark.parametrize(
    "name",
    ["", "..", "rescue-applet-", "rescue-applet-../../etc/x", f"rescue-applet-{'0a' * 8}\n", "-h"],
)
def test_only_a_generated_name_is_valid(name: str) -> None:
    assert not is_name(name)
    assert is_name(new_name())
