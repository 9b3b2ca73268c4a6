"""Windows: the documented functions of kernel32 and programs of System32.

Sources: Microsoft, GlobalMemoryStatusEx, GetTickCount64, GetLogicalDrives; tasklist, sc, ipconfig.
"""

import csv
import ctypes
import io
import os
import platform
import re
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from rescue_console.applet.facts.base import Facts, Line, bytes_text, output_of


class _MemoryStatus(ctypes.Structure):
    """MEMORYSTATUSEX."""

    _fields_ = (
        ("length", ctypes.c_ulong),
        ("load", ctypes.c_ulong),
        ("total", ctypes.c_ulonglong),
        ("available", ctypes.c_ulonglong),
        ("page_file_total", ctypes.c_ulonglong),
        ("page_file_available", ctypes.c_ulonglong),
        ("virtual_total", ctypes.c_ulonglong),
        ("virtual_available", ctypes.c_ulonglong),
        ("extended_available", ctypes.c_ulonglong),
    )


class WindowsFacts(Facts):
    """Facts of a Windows computer."""

    def system_name(self) -> str:
        """Return the name and the edition."""
        if sys.platform != "win32":
            return "Windows"
        return f"Windows {platform.release()} {platform.win32_edition() or ''}".strip()

    def uptime_s(self) -> float | None:
        """Return the seconds since the start."""
        if sys.platform != "win32":
            return None
        ticks = ctypes.windll.kernel32.GetTickCount64
        ticks.restype = ctypes.c_ulonglong
        return float(ticks()) / 1000

    def processor_name(self) -> str:
        """Return the first processor's name, as the registry has it."""
        if sys.platform != "win32":
            return ""
        import winreg

        key = r"HARDWARE\DESCRIPTION\System\CentralProcessor\0"
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key) as processor:
            return str(winreg.QueryValueEx(processor, "ProcessorNameString")[0])

    def memory(self) -> Iterator[Line]:
        """Yield memory and page file."""
        if sys.platform != "win32":
            return
        status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
        if ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
            yield "Installed", bytes_text(status.total)
            yield "Available", bytes_text(status.available)
            yield "Page file", bytes_text(status.page_file_total)

    def disk_places(self) -> list[str]:
        """Return the drives."""
        if sys.platform != "win32":
            return []
        drives = ctypes.windll.kernel32.GetLogicalDrives()
        letters = enumerate(string.ascii_uppercase)
        return [f"{letter}:\\" for number, letter in letters if drives & 1 << number]

    def network(self) -> Iterator[Line]:
        """Yield what ipconfig prints for each adapter, in the user's language."""
        adapter = ""
        for line in _program("ipconfig.exe", "/all").splitlines():
            if line and not line.startswith(" "):
                adapter = line.strip().rstrip(":")
            found = re.match(r"\s+(.+?)[ .]*: (.+)$", line)
            if found:
                yield f"{adapter}: {found[1]}", found[2]

    def processes(self) -> Iterator[Line]:
        """Yield each process's number and program."""
        for row in csv.reader(io.StringIO(_program("tasklist.exe", "/fo", "csv", "/nh"))):
            if len(row) >= 5:
                yield row[1], f"{row[0]} ({row[4]})"

    def services(self) -> Iterator[Line]:
        """Yield each service's state."""
        listed = _program("sc.exe", "query", "type=", "service", "state=", "all")
        name = ""
        for line in listed.splitlines():
            if line.startswith("SERVICE_NAME:"):
                name = line.partition(":")[2].strip()
            # The number comes first in every language: 1 stopped, 4 running.
            found = re.match(r"\s+STATE\s+:\s+\d+\s+(\w+)", line)
            if found and name:
                yield name, found[1].lower()


def _program(name: str, *words: str) -> str:
    folder = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32"
    return output_of(str(folder / name), *words)
