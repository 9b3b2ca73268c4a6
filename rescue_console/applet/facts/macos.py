"""macOS: what the programs that come with the system print.

Sources: sw_vers(1), sysctl(8), vm_stat(1), ifconfig(8), ps(1), launchctl(1).
"""

import re
import time
from collections.abc import Iterator
from pathlib import Path

from rescue_console.applet.facts.base import Facts, Line, bytes_text, output_of


class MacosFacts(Facts):
    """Facts of a Mac."""

    def system_name(self) -> str:
        """Return the name and version."""
        return f"macOS {output_of('/usr/bin/sw_vers', '-productVersion').strip()}"

    def uptime_s(self) -> float | None:
        """Return the seconds since the start."""
        found = re.search(r"sec = (\d+)", _sysctl("kern.boottime"))
        return time.time() - int(found[1]) if found else None

    def processor_name(self) -> str:
        """Return the processor's name."""
        return _sysctl("machdep.cpu.brand_string")

    def memory(self) -> Iterator[Line]:
        """Yield how much memory there is, and how much of it is available."""
        yield "Installed", bytes_text(int(_sysctl("hw.memsize")))
        said = output_of("/usr/bin/vm_stat")
        page = re.search(r"page size of (\d+) bytes", said)
        pages = re.findall(r"Pages (?:free|inactive|speculative):\s+(\d+)\.", said)
        if page and pages:
            yield "Available", bytes_text(int(page[1]) * sum(map(int, pages)))

    def disk_places(self) -> list[str]:
        """Return the volumes."""
        return ["/", *(str(path) for path in sorted(Path("/Volumes").iterdir()))]

    def network(self) -> Iterator[Line]:
        """Yield each interface's addresses."""
        interface = ""
        for line in output_of("/sbin/ifconfig", "-a").splitlines():
            begins = re.match(r"(\w+): flags", line)
            if begins:
                interface = begins[1]
            found = re.match(r"\s+(?:inet6?|ether) (\S+)", line)
            if found:
                yield interface, found[1]

    def processes(self) -> Iterator[Line]:
        """Yield each process's number and program."""
        for line in output_of("/bin/ps", "-axo", "pid=,comm=").splitlines():
            number, _, name = line.strip().partition(" ")
            yield number, name.strip()

    def services(self) -> Iterator[Line]:
        """Yield the user's services."""
        for line in output_of("/bin/launchctl", "list").splitlines()[1:]:
            number, status, name = line.split("\t", 2)
            yield name, f"process {number}" if number != "-" else f"not running ({status})"


def _sysctl(name: str) -> str:
    return output_of("/usr/sbin/sysctl", "-n", name).strip()
