"""The platform that the applet runs on, in the protocol's words."""

import sys

from rescue_console.protocol.choices import DevicePlatform


def device_platform() -> DevicePlatform:
    """Return this computer's platform."""
    if sys.platform == "win32":
        return DevicePlatform.WINDOWS
    if sys.platform == "darwin":
        return DevicePlatform.MACOS
    return DevicePlatform.LINUX
