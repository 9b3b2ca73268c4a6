"""Finds out when the desktop has a tray: at once, or later.

A program that starts with the system is often there before the tray is.
Source: StatusNotifierItem Specification, "org.kde.StatusNotifierWatcher", where the trays of today
are announced.
"""

import asyncio
from contextlib import suppress

from PySide6.QtGui import QGuiApplication

from rescue_console.desktop.window.embedded_tray import embedded_tray_is_there
from rescue_console.desktop.window.session_bus import (
    BusTrouble,
    Service,
    SessionBus,
    bus_address,
    owner_changes,
)

WATCHER = Service(
    "org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher", "org.kde.StatusNotifierWatcher"
)
LOOK_EVERY_S = 5.0
"""How often an X display is looked at, where nothing announces trays of the older kind."""


def is_announced() -> bool:
    """Tell whether a tray of this desktop is announced, so that Qt must not look too early."""
    return QGuiApplication.platformName() in ("xcb", "wayland") and bool(bus_address())


async def until_there_is_a_tray() -> None:
    """Return when the desktop has a tray, or when there is no longer a way to find out."""
    changed = asyncio.Event()
    bus = SessionBus(owner_changes(WATCHER, lambda *_: changed.set()))
    on_x = QGuiApplication.platformName() == "xcb"
    try:
        with suppress(BusTrouble):
            while not await bus.runs(WATCHER) and not (on_x and embedded_tray_is_there()):
                changed.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_EVERY_S if on_x else None):
                        await changed.wait()
    finally:
        await bus.aclose()
