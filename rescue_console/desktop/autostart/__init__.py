"""Starts the program when the person signs in to their computer, in each system's own way."""

from rescue_console.desktop.autostart.autostart import for_this_system
from rescue_console.desktop.autostart.base import Autostart

__all__ = ["Autostart", "for_this_system"]
