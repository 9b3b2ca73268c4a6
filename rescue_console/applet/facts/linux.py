"""Linux: what the kernel shows in /proc and /sys, and systemd's list of services.

Sources: proc(5); sysfs class/net; os-release(5); systemctl(1).
"""

import ipaddress
import platform
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from rescue_console.applet.facts.base import Facts, Line, bytes_text, output_of

_PROC = Path("/proc")
_SKIPPED_SYSTEMS = frozenset({"squashfs", "tmpfs", "devtmpfs", "overlay", "iso9660"})


class LinuxFacts(Facts):
    """Facts of a Linux computer."""

    def system_name(self) -> str:
        """Return the distribution's name."""
        with suppress(OSError):
            return platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
        return "Linux"

    def uptime_s(self) -> float | None:
        """Return the seconds since the start."""
        return float((_PROC / "uptime").read_text().split()[0])

    def processor_name(self) -> str:
        """Return the first processor's model."""
        found = re.search(r"^model name\s*:\s*(.+)$", _read(_PROC / "cpuinfo"), re.MULTILINE)
        return found[1] if found else platform.machine()

    def memory(self) -> Iterator[Line]:
        """Yield memory and swap."""
        sizes = dict(re.findall(r"^(\w+):\s+(\d+) kB", _read(_PROC / "meminfo"), re.MULTILINE))
        for name, key in {
            "Installed": "MemTotal",
            "Available": "MemAvailable",
            "Swap": "SwapTotal",
            "Swap free": "SwapFree",
        }.items():
            if key in sizes:
                yield name, bytes_text(int(sizes[key]) * 1024)

    def disk_places(self) -> list[str]:
        """Return where file systems on devices are mounted, each device once."""
        places: dict[str, str] = {}
        for line in _read(_PROC / "self" / "mounts").splitlines():
            device, place, kind = line.split()[:3]
            if device.startswith("/dev/") and kind not in _SKIPPED_SYSTEMS:
                # A space is written as an octal escape there.
                places.setdefault(device, re.sub(r"\\(\d{3})", _octal, place))
        return sorted(places.values())

    def network(self) -> Iterator[Line]:
        """Yield each interface's state and addresses."""
        for interface in sorted(Path("/sys/class/net").iterdir()):
            state = _read(interface / "operstate").strip()
            yield interface.name, f"{state}, {_read(interface / 'address').strip()}"
        for address in _addresses_4():
            yield "IPv4 address", address
        for line in _read(_PROC / "net" / "if_inet6").splitlines():
            digits, *_, name = line.split()
            address_6 = ipaddress.IPv6Address(int(digits, 16))
            if not address_6.is_loopback:
                yield "IPv6 address", f"{address_6} ({name})"

    def processes(self) -> Iterator[Line]:
        """Yield the number and program of each process that this user may see."""
        numbers = sorted(int(path.name) for path in _PROC.iterdir() if path.name.isdigit())
        for number in numbers:
            # The process may have ended meanwhile.
            with suppress(OSError):
                words = (_PROC / str(number) / "cmdline").read_bytes().split(b"\0")
                name = (_PROC / str(number) / "comm").read_text(errors="replace").strip()
                # Only the program's path: its arguments may hold a secret.
                yield str(number), words[0].decode(errors="replace") or f"[{name}]"

    def services(self) -> Iterator[Line]:
        """Yield the services that systemd has loaded."""
        listed = output_of(
            "/usr/bin/systemctl",
            "list-units",
            "--type=service",
            "--all",
            "--no-legend",
            "--plain",
            "--no-pager",
        )
        for line in listed.splitlines():
            name, _, active, state, *_ = line.split(maxsplit=4)
            yield name.removesuffix(".service"), f"{active} ({state})"


def _read(path: Path) -> str:
    """Return the text of one of the kernel's files; empty when it cannot be read."""
    with suppress(OSError):
        return path.read_text("utf-8", errors="replace")
    return ""


def _octal(found: "re.Match[str]") -> str:
    return chr(int(found[1], 8))


def _addresses_4() -> list[str]:
    """Return this computer's own IPv4 addresses, from the local routes."""
    text = _read(_PROC / "net" / "fib_trie")
    found = re.findall(r"\|--\s+(\S+)\n\s+/32 host LOCAL", text)
    return sorted({address for address in found if not address.startswith("127.")})
