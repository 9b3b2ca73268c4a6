"""The pins in ``requirements.txt``: one version of each package, its wheels' digests and tags.

``python -m deploy.pins LOCK EXTRA…`` prints the pins of the lock file *LOCK*
(``pylock.all.toml``), and says for each pin which of the *EXTRA* lock files
(``pylock.server.toml``) also contain it. The addresses in the lock files are left out: every index
and mirror has the same wheels.
"""

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

HEADER = "# All packages for running, testing and building, pinned. Written by 'make requirements'."
_DIGEST = "--hash=sha256:"
_WHEELS = "# wheels: "
_EXTRAS = "# for: "
_ON_GLIBC = re.compile(r"any|manylinux.*_(x86_64|aarch64)")


@dataclass(frozen=True)
class Machine:
    """A kind of computer that must be able to install the pins without compiling."""

    name: str
    python: tuple[int, int]
    glibc: int
    """The minor version of glibc: 36 for glibc 2.36."""
    architecture: str

    def markers(self) -> dict[str, str]:
        """Return the environment in which the pins' markers are evaluated."""
        version = "{}.{}".format(*self.python)
        return {
            "implementation_name": "cpython",
            "os_name": "posix",
            "platform_machine": self.architecture,
            "platform_python_implementation": "CPython",
            "platform_system": "Linux",
            "python_full_version": f"{version}.2",
            "python_version": version,
            "sys_platform": "linux",
        }

    def tags(self) -> frozenset[Tag]:
        """Return the tags of the wheels that it can install."""
        old = ("manylinux2014", "manylinux2010", "manylinux1")
        generations = (*(f"manylinux_2_{minor}" for minor in range(5, self.glibc + 1)), *old)
        platforms = [f"{generation}_{self.architecture}" for generation in generations]
        own = cpython_tags(self.python, platforms=platforms)
        return frozenset([*own, *compatible_tags(self.python, platforms=platforms)])


MACHINES = (
    Machine("Debian 12", (3, 11), 36, "x86_64"),
    Machine("Debian 13", (3, 13), 41, "x86_64"),
    Machine("Debian 12 on ARM", (3, 11), 36, "aarch64"),
    Machine("Debian 13 on ARM", (3, 13), 41, "aarch64"),
)
LACKING = {"Debian 12 on ARM": {"pyside6-essentials", "shiboken6"}}
"""Packages known to have no wheel for a machine: Qt's ARM wheels need glibc 2.39 or newer."""


@dataclass(frozen=True)
class Pin:
    """One requirement in ``requirements.txt``, with its digests and comments."""

    requirement: Requirement
    digests: tuple[str, ...]
    wheels: tuple[str, ...]
    """The tags of its wheels for Linux with glibc, as in their file names."""
    extras: tuple[str, ...] = ()
    """The extras of the released package that need it; empty if only developers do."""

    @property
    def name(self) -> str:
        """The package's name in its normalized form."""
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> str:
        """The version that it is pinned to."""
        return str(self.requirement.specifier).removeprefix("==")

    def lines(self) -> Iterator[str]:
        """Yield the lines of ``requirements.txt`` for this pin."""
        digests = (_DIGEST + digest for digest in self.digests)
        yield " \\\n    ".join([str(self.requirement), *digests])
        for start, words in ((_EXTRAS, self.extras), (_WHEELS, self.wheels)):
            yield f"    {start}{' '.join(words)}".rstrip()


def read_pins(text: str) -> list[Pin]:
    """Return the pins of a ``requirements.txt``."""
    return [_pin(part.splitlines()) for part in re.findall(r"^\w.*(?:\n +.*)*", text, re.MULTILINE)]


def _pin(lines: Sequence[str]) -> Pin:
    requirement, *more = (line.removesuffix("\\").strip() for line in lines)
    return Pin(
        Requirement(requirement),
        tuple(line.removeprefix(_DIGEST) for line in more if line.startswith(_DIGEST)),
        tuple(_words(more, _WHEELS)),
        tuple(_words(more, _EXTRAS)),
    )


def _words(lines: Iterable[str], start: str) -> Iterator[str]:
    for line in lines:
        if line.startswith(start.rstrip()):
            yield from line.removeprefix(start.rstrip()).split()


def without_wheel(pins: Iterable[Pin], machines: Iterable[Machine] = MACHINES) -> Iterator[str]:
    """Name each pin that one of *machines* could only install by compiling it."""
    pins = list(pins)
    for machine in machines:
        markers, tags = machine.markers(), machine.tags()
        for pin in pins:
            marker = pin.requirement.marker
            wanted = marker is None or marker.evaluate(markers)
            known = pin.name in LACKING.get(machine.name, ())
            if wanted and not known and not any(_fits(wheel, tags) for wheel in pin.wheels):
                yield f"{pin.name} {pin.version} has no wheel for {machine.name}"


def _fits(wheel: str, tags: frozenset[Tag]) -> bool:
    return not tags.isdisjoint(parse_wheel_filename(f"x-1-{wheel}.whl")[3])


def locked(
    lock: Mapping[str, Any], extras: Mapping[str, Mapping[str, Any]] | None = None
) -> Iterator[Pin]:
    """Yield the pins of a lock file; *extras* maps each extra's name to its own lock file."""
    needed = {extra: _releases(part) for extra, part in (extras or {}).items()}
    for package in lock["packages"]:
        marker = f" ; {package['marker']}" if "marker" in package else ""
        wheels = package["wheels"]
        names = (wheel["url"].rpartition("/")[2] for wheel in wheels)
        tags = (name.removesuffix(".whl").split("-", 2)[2] for name in names)
        release = package["name"], package["version"]
        yield Pin(
            Requirement(f"{package['name']}=={package['version']}{marker}"),
            tuple(sorted(wheel["hashes"]["sha256"] for wheel in wheels)),
            tuple(sorted(tag for tag in tags if _ON_GLIBC.fullmatch(tag.rpartition("-")[2]))),
            tuple(sorted(extra for extra, releases in needed.items() if release in releases)),
        )


def _releases(lock: Mapping[str, Any]) -> set[tuple[str, str]]:
    return {(package["name"], package["version"]) for package in lock["packages"]}


def main() -> int:
    """Print the pins of the lock files named on the command line."""
    whole, *parts = (tomllib.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:])
    names = (Path(path).name.split(".")[1] for path in sys.argv[2:])
    extras = dict(zip(names, parts, strict=True))
    sys.stdout.write(f"{HEADER}\n")
    for pin in locked(whole, extras):
        sys.stdout.writelines(f"{line}\n" for line in pin.lines())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
