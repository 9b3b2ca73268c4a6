"""Notices the customer's own input on Windows and macOS, with pynput's listeners.

Both systems mark injected events, and pynput passes that on as ``injected`` since version 1.8.
"""

import sys
from collections.abc import Callable
from typing import Any

from rescue_console.applet.input.base import STOP_KEYS, Watch

_STOP = {
    "ctrl": "Control",
    "ctrl_l": "Control",
    "ctrl_r": "Control",
    "alt": "Alt",
    "alt_l": "Alt",
    "alt_r": "Alt",
    "alt_gr": "Alt",
    "pause": "Pause",
    # A Mac's keyboard has no Pause key; F15 replaces it.
    "f15": "Pause",
}
"""The keys that stop everything, by pynput's names."""

_CANCEL = 3
"""VK_CANCEL, which Windows reports for Pause while Ctrl is held; pynput has no name for it."""


class HooksWatch(Watch):
    """Watches with the system's hooks (Windows) or an event tap (macOS)."""

    def __init__(
        self,
        own_input: Callable[[], None],
        stop_keys: Callable[[], None],
        *,
        windows: bool = sys.platform == "win32",
    ) -> None:
        super().__init__(own_input, stop_keys)
        self._windows = windows
        self._listeners: list[Any] = []
        self._down: set[str] = set()

    def start(self) -> None:
        """Begin to watch in two threads."""
        from pynput import keyboard, mouse

        self._listeners = [
            keyboard.Listener(on_press=self.pressed, on_release=self.released),
            mouse.Listener(
                on_move=lambda _x, _y, injected: self._judge(injected),
                on_click=lambda _x, _y, _button, _down, injected: self._judge(injected),
                on_scroll=lambda _x, _y, _dx, _dy, injected: self._judge(injected),
            ),
        ]
        for listener in self._listeners:
            listener.start()

    def close(self) -> None:
        """Remove the hooks."""
        for listener in self._listeners:
            listener.stop()
        self._listeners = []

    def pressed(self, key: Any, injected: bool) -> None:
        """Handle a key going down; *key* is pynput's Key or KeyCode, or None when unknown."""
        name = self._stop_name(key)
        self._down.add(name)
        if name and self._down >= STOP_KEYS:
            self.stop_keys()
        self._judge(injected)

    def released(self, key: Any, injected: bool) -> None:
        """Handle a key coming up; *key* is as for ``pressed``."""
        self._down.discard(self._stop_name(key))
        self._judge(injected)

    def _stop_name(self, key: Any) -> str:
        # On a Mac this number is the key of the letter F.
        if self._windows and getattr(key, "vk", None) == _CANCEL:
            return "Pause"
        return _STOP.get(getattr(key, "name", ""), "")

    def _judge(self, injected: bool) -> None:
        if not injected:
            self.own_input()
