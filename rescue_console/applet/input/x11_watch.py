"""Notices the customer's own input on an X server, through its extension RECORD.

Source: Record Extension Protocol 1.13.
"""

import logging
import threading
from collections.abc import Callable
from typing import Any

from Xlib import XK, X
from Xlib import error as xlib_error
from Xlib.display import Display
from Xlib.ext import record
from Xlib.protocol import rq

from rescue_console.applet.input.base import InputFailed, Watch
from rescue_console.applet.input.x11 import Injected
from rescue_console.protocol.hindrances import ControlHindrance

_log = logging.getLogger(__name__)
_STOP = {
    XK.XK_Control_L: "Control",
    XK.XK_Control_R: "Control",
    XK.XK_Alt_L: "Alt",
    XK.XK_Meta_L: "Alt",
    XK.XK_Alt_R: "Alt",
    XK.XK_Pause: "Pause",
    XK.XK_Break: "Pause",
}
_CLOSE_WITHIN_S = 5.0


class XWatch(Watch):
    """Compares every event of the X server with the input that the applet has *injected*."""

    def __init__(
        self, own_input: Callable[[], None], stop_keys: Callable[[], None], injected: Injected
    ) -> None:
        super().__init__(own_input, stop_keys)
        self._injected = injected
        self._down: dict[int, str] = {}
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to watch in a thread."""
        try:
            self._control = Display()
            self._recording = Display()
        except (xlib_error.DisplayError, OSError) as error:
            raise InputFailed(ControlHindrance.NOT_WATCHED) from error
        if not self._recording.has_extension("RECORD"):
            self._control.close()
            self._recording.close()
            raise InputFailed(ControlHindrance.NOT_WATCHED)
        self._stop_codes = self._find_stop_codes()
        ranges = {
            "core_requests": (0, 0),
            "core_replies": (0, 0),
            "ext_requests": (0, 0, 0, 0),
            "ext_replies": (0, 0, 0, 0),
            "delivered_events": (0, 0),
            "device_events": (X.KeyPress, X.MotionNotify),
            "errors": (0, 0),
            "client_started": False,
            "client_died": False,
        }
        self._context = self._recording.record_create_context(0, [record.AllClients], [ranges])
        self._recording.sync()
        self._thread = threading.Thread(target=self._record, name="watch", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the recording and its thread."""
        if self._thread is None:
            return
        self._control.record_disable_context(self._context)
        self._control.sync()
        self._thread.join(_CLOSE_WITHIN_S)
        self._control.close()
        self._recording.close()
        self._thread = None

    def _find_stop_codes(self) -> dict[int, str]:
        return {
            code: name
            for keysym, name in _STOP.items()
            for code, _level in self._control.keysym_to_keycodes(keysym)
        }

    def _record(self) -> None:
        try:
            self._recording.record_enable_context(self._context, self._receive)
        except (xlib_error.ConnectionClosedError, OSError) as error:
            _log.info("The X server has gone: %s", error)

    def _receive(self, reply: Any) -> None:
        if reply.category != record.FromServer or reply.client_swapped:
            return
        data = reply.data
        while data:
            event, data = rq.EventField(None).parse_binary_value(
                data, self._recording.display, None, None
            )
            self._judge(event)

    def _judge(self, event: Any) -> None:
        own = not self._injected.has(event.type, event.detail, (event.root_x, event.root_y))
        if event.type in (X.KeyPress, X.KeyRelease):
            self._follow_stop_keys(event.detail, down=event.type == X.KeyPress)
        if own:
            self.own_input()

    def _follow_stop_keys(self, code: int, *, down: bool) -> None:
        name = self._stop_codes.get(code)
        if name is None:
            return
        if down:
            self._down[code] = name
        else:
            self._down.pop(code, None)
        if down and set(self._down.values()) == {"Control", "Alt", "Pause"}:
            self.stop_keys()
