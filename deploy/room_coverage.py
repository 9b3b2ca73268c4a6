"""Shows what share of each room's lines the tests have run, beside the floor it must not go below.

``make coverage`` runs all tests, measuring every program that they start, and then this. ``python
-m deploy.room_coverage --write`` sets each floor to the room's present coverage.
"""

import argparse
import json
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import floor
from pathlib import Path, PurePath
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
MEASURED: Final = ROOT / "build" / "coverage" / "coverage.json"
"""The report of the last run, written by ``coverage json``."""

FLOORS: Final = ROOT / "deploy" / "coverage_floors.toml"
_PACKAGE: Final = "rescue_console"
_DIVIDED: Final = frozenset({"applet", "desktop", "server"})
"""Rooms so large that each folder in them counts as a room."""

_HEAD: Final = """\
# The least percentage of each room's lines that the tests must run: whole numbers, rounded down.
# Written by 'python -m deploy.room_coverage --write' after 'make coverage'; only ever raised.

[floors]
"""


@dataclass
class Room:
    """The number of lines in one room, and how many of them were run."""

    lines: int = 0
    run: int = 0

    @property
    def percent(self) -> float:
        """The share of the lines that was run."""
        return 100 * self.run / self.lines


def room_of(file: PurePath) -> str:
    """Return the name of the room that *file* is in; its path must contain the package's name."""
    after = len(file.parts) - file.parts[::-1].index(_PACKAGE)
    inside = file.parts[after:-1]
    return "/".join(inside[: 2 if inside[:1] and inside[0] in _DIVIDED else 1]) or "."


def measured_rooms(report: Path) -> dict[str, Room]:
    """Add up the files of each room in *report*, as ``coverage json`` writes it.

    Rooms without code, and files directly in the package, are left out.
    """
    rooms: dict[str, Room] = defaultdict(Room)
    for name, file in json.loads(report.read_text(encoding="utf-8"))["files"].items():
        room = rooms[room_of(PurePath(name.replace("\\", "/")))]
        room.lines += file["summary"]["num_statements"]
        room.run += file["summary"]["covered_lines"]
    return {name: room for name, room in sorted(rooms.items()) if room.lines and name != "."}


def read_floors(path: Path) -> dict[str, int]:
    """Return the floor of each room, in percent."""
    floors: dict[str, int] = tomllib.loads(path.read_text(encoding="utf-8"))["floors"]
    return floors


def complaints(rooms: Mapping[str, Room], floors: Mapping[str, int]) -> Iterator[str]:
    """Name each room that is below its floor or has none, and each floor that has no room."""
    for name, room in rooms.items():
        if name not in floors:
            yield f"{name} has no floor"
        elif room.percent < floors[name]:
            yield f"{name} has fallen to {room.percent:.1f} %, below {floors[name]} %"
    for name in floors.keys() - rooms.keys():
        yield f"{name} has a floor, but there is no such room"


def table(rooms: Mapping[str, Room], floors: Mapping[str, int]) -> str:
    """Return a table of rooms with lines, coverage and floor, least covered first."""
    width = max(map(len, ["room", *rooms]))
    head = f"{'room':{width}}  {'lines':>6}  {'run':>6}  floor"
    weakest = sorted(rooms.items(), key=lambda item: item[1].percent)
    lines = (
        f"{name:{width}}  {room.lines:>6}  {room.percent:>5.1f}%  {floors.get(name, '-'):>5}"
        for name, room in weakest
    )
    return "\n".join([head, *lines])


def write_floors(path: Path, rooms: Mapping[str, Room]) -> None:
    """Set the floor of each room to its present coverage."""
    lines = (f'"{name}" = {floor(room.percent)}\n' for name, room in rooms.items())
    path.write_text(_HEAD + "".join(lines), encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Print the rooms; fail if one is below its floor."""
    parser = argparse.ArgumentParser(prog="python -m deploy.room_coverage")
    parser.add_argument("--write", action="store_true", help="set floors to present coverage")
    options = parser.parse_args(arguments)
    rooms = measured_rooms(MEASURED)
    if options.write:
        write_floors(FLOORS, rooms)
    floors = read_floors(FLOORS)
    wrong = list(complaints(rooms, floors))
    sys.stdout.writelines(f"{line}\n" for line in [table(rooms, floors), *wrong])
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
