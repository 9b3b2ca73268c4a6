"""Opens the input of the system that the applet runs on."""

import os
import sys
from collections.abc import Callable, Mapping

from rescue_console.applet.input.base import Device, InputFailed, Watch
from rescue_console.protocol.hindrances import ControlHindrance


def is_wayland(environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether the desktop uses Wayland, where X programs can reach only each other."""
    return environment.get("XDG_SESSION_TYPE") == "wayland" or (
        "WAYLAND_DISPLAY" in environment and environment.get("XDG_SESSION_TYPE") != "x11"
    )


def open_input(
    own_input: Callable[[], None], stop_keys: Callable[[], None]
) -> tuple[Device, Watch]:
    """Return this system's device and watch; the watch is not started.

    Raises:
        InputFailed: the system does not let the applet control it.
    """
    if sys.platform == "win32":
        from rescue_console.applet.input.hooks_watch import HooksWatch
        from rescue_console.applet.input.windows import WindowsDevice

        return WindowsDevice(), HooksWatch(own_input, stop_keys)
    if sys.platform == "darwin":
        from rescue_console.applet.input.hooks_watch import HooksWatch
        from rescue_console.applet.input.macos import MacDevice

        return MacDevice(), HooksWatch(own_input, stop_keys)
    if is_wayland():
        raise InputFailed(ControlHindrance.WAYLAND)
    from rescue_console.applet.input.x11 import XDevice
    from rescue_console.applet.input.x11_watch import XWatch

    device = XDevice()
    return device, XWatch(own_input, stop_keys, device.injected)
