"""Opens this system's input for one session, or says why control is impossible."""

import logging
import sys
from collections.abc import Callable

from rescue_console.applet.consent.duty import Post
from rescue_console.applet.consent.grants import Grants
from rescue_console.applet.consent.own_windows import OwnWindows
from rescue_console.applet.duties.control import Control
from rescue_console.applet.input.base import Device, InputFailed, Watch
from rescue_console.applet.input.opening import open_input
from rescue_console.protocol.channel import Screen
from rescue_console.protocol.hindrances import AttentionHindrance, ControlHindrance

STOP_KEYS_TEXT = "Ctrl+Alt+F15" if sys.platform == "darwin" else "Ctrl+Alt+Pause"
"""What the keys that stop everything are called on this system; a Mac has no Pause."""

_log = logging.getLogger(__name__)


class Hands:
    """Device, watch and control, opened and closed together; without a watch there is no control.

    Attributes:
        control: None when mouse and keyboard cannot be controlled; ``why_not`` says why.
        no_attention: Why Ctrl-Alt-Del cannot be pressed; None when it can.
        stop_keys: The keys that stop everything; empty while nothing watches for them.
    """

    def __init__(
        self, grants: Grants, own_windows: OwnWindows, post: Post, stop_keys: Callable[[], None]
    ) -> None:
        self.control: Control | None = None
        self.why_not: ControlHindrance | None = None
        self.no_attention: AttentionHindrance | None = None
        self.stop_keys = ""
        self._device: Device | None = None
        self._watch: Watch | None = None
        try:
            self._device, watch = open_input(self._own_input, stop_keys)
            watch.start()
        except InputFailed as error:
            _log.warning("Mouse and keyboard cannot be controlled: %s", error)
            self.why_not = error.hindrance
            return
        self._watch = watch
        self.stop_keys = STOP_KEYS_TEXT
        self.no_attention = self._device.no_attention
        self.control = Control(self._device, grants, own_windows, post)

    def screens(self) -> list[Screen]:
        """Return the screens as they are now."""
        if self._device is None:
            return []
        screens = self._device.screens()
        if self.control is not None:
            self.control.screens = screens
        return screens

    def close(self) -> None:
        """Release all keys and buttons, and close watch and device."""
        if self._watch is not None:
            self._watch.close()
        if self.control is not None:
            self.control.release_all()
        if self._device is not None:
            self._device.close()

    def _own_input(self) -> None:
        if self.control is not None:
            self.control.own_input()
