"""A screen in memory for tests that need real windows: Xvfb on a display number of its own."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

STOP_S = 20


@contextmanager
def virtual_display(width: int = 1280, height: int = 800) -> Iterator[dict[str, str]]:
    """Start a screen of that many pixels; yield the environment for programs that use it."""
    reader, writer = os.pipe()
    screen = ["-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), *screen],
        pass_fds=[writer],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    try:
        with os.fdopen(reader, encoding="ascii") as numbers:
            number = numbers.readline().strip()
        assert number, "Xvfb ended before it had a display"
        yield os.environ | {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait(STOP_S)


def wait_for_window(title: str, environment: dict[str, str], *, within_s: float = 60) -> str:
    """Return the id of the first visible window whose title matches the regular expression *title*.

    Raises:
        subprocess.TimeoutExpired: none appeared in time.
    """
    until = time.monotonic() + within_s
    while True:
        found = subprocess.run(
            ["xdotool", "search", "--sync", "--onlyvisible", "--name", title],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=max(until - time.monotonic(), 0),
        )
        # The search also fails if another window closes meanwhile.
        if found.returncode == 0 and found.stdout:
            return found.stdout.split()[0]
