"""Coverage is added up room by room, and a room that falls below its floor is reported."""

import json
from pathlib import Path, PurePath

import pytest

from deploy.room_coverage import (
    FLOORS,
    Room,
    complaints,
    measured_rooms,
    read_floors,
    room_of,
    table,
    write_floors,
)


@pytest.mark.parametrize(
    ("file", "room"),
    [
        ("rescue_console/protocol/powers.py", "protocol"),
        ("rescue_console/peer/files/reading.py", "peer"),
        ("rescue_console/server/app.py", "server"),
        ("rescue_console/server/rules/helping/ice.py", "server/rules"),
        ("home/rescue_console/rescue_console/desktop/media/view.py", "desktop/media"),
        ("rescue_console/__init__.py", "."),
    ],
)
def test_a_file_belongs_to_the_room_that_it_is_in(file: str, room: str) -> None:
    assert room_of(PurePath(file)) == room


def report(folder: Path, **files: tuple[int, int]) -> Path:
    """Write a report like that of ``coverage json``, with lines and lines run of each file."""
    path = folder / "coverage.json"
    entries = {
        f"rescue_console/{name.replace('__', '/')}.py": {
            "summary": {"num_statements": lines, "covered_lines": run}
        }
        for name, (lines, run) in files.items()
    }
    path.write_text(json.dumps({"files": entries}), encoding="utf-8")
    return path


def test_the_files_of_a_room_are_added_up_and_empty_rooms_left_out(tmp_path: Path) -> None:
    path = report(
        tmp_path, protocol__a=(10, 9), protocol__b=(30, 21), web__none=(0, 0), version=(1, 1)
    )

    assert measured_rooms(path) == {"protocol": Room(40, 30)}


def test_a_room_that_is_below_its_floor_has_none_or_is_gone_is_reported() -> None:
    rooms = {"fine": Room(100, 90), "low": Room(1000, 899), "new": Room(1, 1)}

    found = "\n".join(complaints(rooms, {"fine": 90, "low": 90, "gone": 50}))

    assert "low has fallen to 89.9 %, below 90 %" in found
    assert "new has no floor" in found
    assert "gone has a floor, but there is no such room" in found
    assert "fine" not in found


def test_floors_are_set_to_present_coverage_which_then_passes(tmp_path: Path) -> None:
    rooms = {"server/rules": Room(1000, 999), "protocol": Room(10, 10)}

    write_floors(tmp_path / "floors.toml", rooms)

    floors = read_floors(tmp_path / "floors.toml")
    assert floors == {"server/rules": 99, "protocol": 100}
    assert not list(complaints(rooms, floors))


def test_the_least_covered_room_comes_first() -> None:
    lines = table({"high": Room(10, 9), "low": Room(10, 1)}, {"high": 80}).splitlines()

    assert [line.split() for line in lines[1:]] == [
        ["low", "10", "10.0%", "-"],
        ["high", "10", "90.0%", "80"],
    ]


def test_every_floor_belongs_to_a_folder() -> None:
    package = FLOORS.parent.parent / "rescue_console"

    assert [name for name in read_floors(FLOORS) if not (package / name).is_dir()] == []
