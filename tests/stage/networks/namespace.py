"""A network that belongs to a test, with only the addresses that the test gives it.

A helper process holds it and ends when this process does, for whatever reason; the network, its
links and its addresses then disappear, so that nothing has to be cleaned up.
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
"""CLONE_NEWNET for setns(2); Python itself has ``setns`` only since 3.12."""


def what_is_missing(*more_tools: str) -> str:
    """Return why no network can be made here; empty if one can be made."""
    if sys.platform != "linux":
        return "only Linux has network namespaces"
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
        """The number of the process that holds the network."""
        return self._holder.pid

    def run(self, command: str) -> None:
        """Run a command such as ``ip link set x up`` in the network."""
        words = ["nsenter", f"--net=/proc/{self.pid}/ns/net", *command.split()]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}: {done.stderr}"

    def forward(self, *, on: bool) -> None:
        """Forward packets from one link to another, or drop them as a strict firewall does."""
        with self.entered():
            Path("/proc/sys/net/ipv4/ip_forward").write_text(str(int(on)), "ascii")

    def enter(self) -> None:
        """Move this thread into the network, with all threads and programs it starts later."""
        enter(self.pid)

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Keep this thread in the network while the block runs."""
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
