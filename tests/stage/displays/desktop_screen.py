"""A virtual screen; if a window manager is installed, windows get frames."""

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Final

from tests.stage.displays.virtual_display import STOP_S, virtual_display

WINDOW_MANAGER: Final = ["openbox", "--sm-disable"]


@contextmanager
def desktop_screen(width: int = 1400, height: int = 900) -> Iterator[dict[str, str]]:
    """Start a screen of that many pixels; yield the environment for programs that use it."""
    with virtual_display(width, height) as environment, ExitStack() as stack:
        if shutil.which(WINDOW_MANAGER[0]) is not None:
            stack.enter_context(_window_manager(environment))
        yield environment


@contextmanager
def _window_manager(environment: Mapping[str, str]) -> Iterator[None]:
    manager = subprocess.Popen(
        WINDOW_MANAGER,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        manager.terminate()
        manager.wait(STOP_S)
