"""A virtual screen with a window manager, which gives windows the keyboard as people know it."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from tests.virtual_display import STOP_S, virtual_display

WINDOW_MANAGER: Final = ["openbox", "--sm-disable"]


@contextmanager
def desktop_screen(width: int = 1400, height: int = 900) -> Iterator[dict[str, str]]:
    """Start a screen of that many pixels; give the environment for programs that shall use it."""
    with virtual_display(width, height) as environment:
        manager = subprocess.Popen(
            WINDOW_MANAGER,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield environment
        finally:
            manager.terminate()
            manager.wait(STOP_S)
