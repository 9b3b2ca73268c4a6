"""Looks for a tray of the older kind on an X display, which takes in the icons' windows.

Qt must not be asked: it decides once and for all, at its first look, whether trays are reached over
the session bus.
Source: System Tray Protocol Specification, "Locating the system tray"; XGetSelectionOwner(3).
"""

import ctypes
import sys


def embedded_tray_is_there() -> bool:
    """Tell whether the display has such a tray; where that cannot be found out, assume one."""
    if sys.platform != "linux":
        return True
    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return True
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    x11.XGetSelectionOwner.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    if not display:
        return True
    try:
        name = f"_NET_SYSTEM_TRAY_S{x11.XDefaultScreen(display)}".encode("ascii")
        atom = ctypes.c_ulong(x11.XInternAtom(display, name, 0))
        return bool(x11.XGetSelectionOwner(display, atom))
    finally:
        x11.XCloseDisplay(display)
