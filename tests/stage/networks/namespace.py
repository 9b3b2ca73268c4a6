"""A network of a test's own, with only the addresses that the test gives it.

It is held by a process that ends when this one does, however this one ends: with it go the network,
its links and its addresses, so that nothing has to be cleaned up.
"""

import ctypes
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self

STOP_S: Final = 20.0
_TOOLS: Final = ("unshare", "nsenter", "ip")
_NEW_NETWORK: Final = 0x4000_0000
"""CLONE_NEWNET of setns(2), which Python has from 3.12 on only."""


def what_is_missing(*more_tools: str) -> str:
    """Return why no network can be made here; empty when it can."""
    if sys.platform != "linux":
        return "only Linux has networks of a program's own"
    if os.geteuid() != 0:
        return "only root can make networks"
    absent = [tool for tool in (*_TOOLS, *more_tools) if shutil.which(tool) is None]
    if absent:
        return f"not installed: {', '.join(absent)}"
    done = subprocess.run(
        ["unshare", "--net", "ip", "link", "add", "probe", "type", "veth"],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr.strip()


class Namespace:
    """A network; use it as a context manager."""

    def __init__(self) -> None:
        self._holder = subprocess.Popen(
            ["unshare", "--net", "sh", "-c", "ip link set lo up && echo ready && exec cat"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        assert self._holder.stdout is not None
        assert self._holder.stdout.readline() == "ready\n"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._holder.communicate(timeout=STOP_S)

    @property
    def pid(self) -> int:
        """The number of the process that holds it."""
        return self._holder.pid

    def run(self, command: str) -> None:
        """Run words such as ``ip link set x up`` in it."""
        words = ["nsenter", f"--net=/proc/{self.pid}/ns/net", *command.split()]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}: {done.stderr}"

    def forward(self, *, on: bool) -> None:
        """Let it pass on packets from one link to another, or not, as a strict firewall."""
        with self.entered():
            Path("/proc/sys/net/ipv4/ip_forward").write_text(str(int(on)), "ascii")

    def enter(self) -> None:
        """Move this thread, and those and the programs that it starts from now on, into it."""
        enter(self.pid)

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Have this thread in it for the length of a block."""
        before = os.open(f"/proc/self/task/{threading.get_native_id()}/ns/net", os.O_RDONLY)
        try:
            self.enter()
            try:
                yield
            finally:
                _set_network(before)
        finally:
            os.close(before)


def enter(pid: int) -> None:
    """Move this thread into the network of a process."""
    descriptor = os.open(f"/proc/{pid}/ns/net", os.O_RDONLY)
    try:
        _set_network(descriptor)
    finally:
        os.close(descriptor)


def _set_network(descriptor: int) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    if library.setns(descriptor, _NEW_NETWORK) != 0:
        raise OSError(ctypes.get_errno(), "the network could not be entered")
