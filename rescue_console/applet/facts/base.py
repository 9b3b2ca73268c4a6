"""What the facts of all systems have in common. Everything here blocks: call it in a thread."""

import os
import platform
import shutil
import socket
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from rescue_console.protocol.channel import Fact
from rescue_console.system.environment import system_environment

FACTS_MAX = 5_000
FACTS_BYTES_MAX = 800_000
"""Bytes of all facts in one answer, so that its message stays below the largest size."""

NAME_MAX = 255
VALUE_MAX = 2_000
PROGRAM_TIMEOUT_S = 10.0

SYSTEM = "System"
PROCESSOR = "Processor"
MEMORY = "Memory"
DISKS = "Disks"
NETWORK = "Network"
PROCESSES = "Processes"
SERVICES = "Services"

NOTHING = "Nothing could be read"
"""The name of the single line that stands for an empty section; its value is empty."""

Line = tuple[str, str]
"""A fact's name and value."""


class Facts(ABC):
    """Reads facts; leaves out what cannot be read, and marks a section that stays empty."""

    def read(self) -> list[Fact]:
        """Return the facts, section by section, up to what one answer may hold."""
        sections: list[tuple[str, Callable[[], Iterable[Line]]]] = [
            (SYSTEM, self.system),
            (PROCESSOR, self.processor),
            (MEMORY, self.memory),
            (DISKS, self.disks),
            (NETWORK, self.network),
            (SERVICES, self.services),
            (PROCESSES, self.processes),
        ]
        facts: list[Fact] = []
        room = FACTS_BYTES_MAX
        for section, lines in sections:
            before = len(facts)
            for name, value in _readable(lines):
                fact = Fact(section=section, name=_clean(name, NAME_MAX), value=value)
                room -= len(fact.name.encode()) + len(fact.value.encode()) + 64
                if room < 0 or len(facts) >= FACTS_MAX:
                    return facts
                facts.append(fact)
            if len(facts) == before:
                facts.append(Fact(section=section, name=NOTHING, value=""))
        return facts

    def system(self) -> Iterator[Line]:
        """Yield the computer's name, operating system, uptime and user."""
        yield "Name", socket.gethostname()
        yield "Operating system", self.system_name()
        yield "Version", platform.version()
        yield "Architecture", platform.machine()
        uptime = self.uptime_s()
        if uptime is not None:
            yield "Running for", str(timedelta(seconds=int(uptime)))
        with suppress(OSError, KeyError, ImportError):
            yield "User", os.environ.get("USERNAME") or os.environ["USER"]
        yield "Home folder", str(Path.home())

    def processor(self) -> Iterator[Line]:
        """Yield the processor's model and number of logical processors."""
        yield "Model", self.processor_name()
        yield "Logical processors", str(os.cpu_count() or 1)

    def disks(self) -> Iterator[Line]:
        """Yield how full each disk is."""
        for place in self.disk_places():
            with suppress(OSError):
                usage = shutil.disk_usage(place)
                free, total = bytes_text(usage.free), bytes_text(usage.total)
                yield place, f"{free} free of {total}"

    @abstractmethod
    def system_name(self) -> str:
        """Return the operating system's name as people know it."""

    @abstractmethod
    def uptime_s(self) -> float | None:
        """Return the seconds since the computer was started; None if unknown."""

    @abstractmethod
    def processor_name(self) -> str:
        """Return the processor's name."""

    @abstractmethod
    def memory(self) -> Iterator[Line]:
        """Yield how much memory there is."""

    @abstractmethod
    def disk_places(self) -> list[str]:
        """Return the paths where disks are mounted."""

    @abstractmethod
    def network(self) -> Iterator[Line]:
        """Yield each network interface and its addresses."""

    @abstractmethod
    def processes(self) -> Iterator[Line]:
        """Yield each process's number and name."""

    @abstractmethod
    def services(self) -> Iterator[Line]:
        """Yield each service and its state."""


def _readable(lines: Callable[[], Iterable[Line]]) -> Iterator[Line]:
    """Yield the *lines* that can be read, each value cut to its largest size."""
    with suppress(OSError, ValueError, LookupError, subprocess.SubprocessError):
        for name, value in lines():
            yield name, _clean(value, VALUE_MAX)


def _clean(text: str, longest: int) -> str:
    """Return *text* as valid Unicode of at most *longest* characters."""
    return text.encode("utf-8", "replace").decode()[:longest].strip()


def bytes_text(count: int) -> str:
    """Return a number of bytes in the unit that people would use."""
    size = float(count)
    for unit in ("B", "KiB", "MiB", "GiB"):
        if size < 1024:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1024
    return f"{size:.1f} TiB"


def output_of(*words: str) -> str:
    """Return what a program of the system prints; *words* begin with its whole path.

    Raises:
        OSError: the program cannot be started.
        subprocess.SubprocessError: it failed or took longer than PROGRAM_TIMEOUT_S.
    """
    done = subprocess.run(  # noqa: S603 (whole paths and words of our own, no shell)
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=PROGRAM_TIMEOUT_S,
        check=True,
        env=system_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    # Console programs on Windows write in the OEM code page, which depends on the language.
    return done.stdout.decode("oem" if sys.platform == "win32" else "utf-8", errors="replace")
