"""Where the applet's own windows are, so that the technician cannot press their buttons."""

import threading
from dataclasses import dataclass


@dataclass(frozen=True)
class Area:
    """A window with its frame, in pixels of the desktop."""

    left: int
    top: int
    width: int
    height: int

    def holds(self, left: int, top: int) -> bool:
        """Tell whether a pixel lies in this area."""
        return (
            self.left <= left < self.left + self.width and self.top <= top < self.top + self.height
        )


class OwnWindows:
    """The state of the applet's windows: set by the window's thread, read by the injecting one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._areas: tuple[Area, ...] = ()
        self._focused = False
        self._asking = False

    def placed(self, *areas: Area) -> None:
        """Record where the windows are now."""
        with self._lock:
            self._areas = areas

    def focused(self, focused: bool) -> None:
        """Record whether a window has the keyboard focus."""
        with self._lock:
            self._focused = focused

    def asks(self, asking: bool) -> None:
        """Record whether a window asks the customer something besides what the technician asks."""
        with self._lock:
            self._asking = asking

    def under(self, left: int, top: int) -> bool:
        """Tell whether a pixel belongs to one of the windows."""
        with self._lock:
            return any(area.holds(left, top) for area in self._areas)

    @property
    def asking(self) -> bool:
        """Whether a window asks something that only the customer may answer."""
        with self._lock:
            return self._asking

    @property
    def have_keyboard(self) -> bool:
        """Whether keys would go to one of the windows."""
        with self._lock:
            return self._focused
