"""Notices the customer's own input on Windows and macOS, with pynput's listeners.

Both systems mark injected events, and pynput says so (``injected``, since its version 1.8).
"""

from collections.abc import Callable
from typing import Any

from rescue_console.applet.input.base import STOP_KEYS, Watch


class HooksWatch(Watch):
    """Watches with the system's hooks (Windows) or an event tap (macOS)."""

    def __init__(self, own_input: Callable[[], None], stop_keys: Callable[[], None]) -> None:
        super().__init__(own_input, stop_keys)
        self._listeners: list[Any] = []
        self._down: set[str] = set()

    def start(self) -> None:
        """Begin to watch in two threads."""
        from pynput import keyboard, mouse

        names = {
            getattr(keyboard.Key, key): name
            for key, name in {
                "ctrl": "Control",
                "ctrl_l": "Control",
                "ctrl_r": "Control",
                "alt": "Alt",
                "alt_l": "Alt",
                "alt_r": "Alt",
                "pause": "Pause",
                # A Mac's keyboard has no Pause; F15 is in its place.
                "f15": "Pause",
            }.items()
            if hasattr(keyboard.Key, key)
        }

        def pressed(key: Any, injected: bool) -> None:
            self._down.add(names.get(key, ""))
            if self._down >= STOP_KEYS:
                self.stop_keys()
            self._judge(injected)

        def released(key: Any, injected: bool) -> None:
            self._down.discard(names.get(key, ""))
            self._judge(injected)

        self._listeners = [
            keyboard.Listener(on_press=pressed, on_release=released),
            mouse.Listener(
                on_move=lambda _x, _y, injected: self._judge(injected),
                on_click=lambda _x, _y, _button, _down, injected: self._judge(injected),
                on_scroll=lambda _x, _y, _dx, _dy, injected: self._judge(injected),
            ),
        ]
        for listener in self._listeners:
            listener.start()

    def close(self) -> None:
        """Take the hooks away."""
        for listener in self._listeners:
            listener.stop()
        self._listeners = []

    def _judge(self, injected: bool) -> None:
        if not injected:
            self.own_input()
