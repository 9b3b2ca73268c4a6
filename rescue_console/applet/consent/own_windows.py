"""Where the applet's own windows are: the technician's hands must not reach its buttons."""

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
        """Tell whether a pixel lies in it."""
        return (
            self.left <= left < self.left + self.width and self.top <= top < self.top + self.height
        )


class OwnWindows:
    """Kept by the window's thread, read by the one that injects."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._areas: tuple[Area, ...] = ()
        self._focused = False
        self._asking = False

    def placed(self, *areas: Area) -> None:
        """The windows are there now."""
        with self._lock:
            self._areas = areas

    def focused(self, focused: bool) -> None:
        """A window has got the keyboard, or lost it."""
        with self._lock:
            self._focused = focused

    def asks(self, asking: bool) -> None:
        """A window has begun to ask the customer something of its own, or no longer does."""
        with self._lock:
            self._asking = asking

    def under(self, left: int, top: int) -> bool:
        """Tell whether a pixel belongs to one of the windows."""
        with self._lock:
            return any(area.holds(left, top) for area in self._areas)

    @property
    def asking(self) -> bool:
        """Whether a window asks the customer something, which only they may answer."""
        with self._lock:
            return self._asking

    @property
    def have_keyboard(self) -> bool:
        """Whether keys would go to one of the windows."""
        with self._lock:
            return self._focused
