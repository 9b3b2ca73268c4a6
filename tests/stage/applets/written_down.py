"""An input device that records every action instead of carrying it out."""

from rescue_console.applet.input.base import Device
from rescue_console.protocol.channel import MouseButton, Screen

SCREENS = [Screen(name="A", left=-100, top=0, width=1, height=1)]


class WrittenDown(Device):
    """An input device that only records what it is told to do.

    Attributes:
        held: Keys and buttons that are down.
    """

    def __init__(self, done: list[str]) -> None:
        self._done = done
        self.held: list[str] = []

    def screens(self) -> list[Screen]:
        return SCREENS

    def place(self) -> tuple[int, int]:
        return 0, 0

    def move(self, left: int, top: int) -> None:
        self._done.append("control")

    def press(self, button: MouseButton, *, down: bool) -> None:
        self._hold(button, down=down)

    def turn(self, right: int, up: int) -> None:
        self._done.append("control")

    def key(self, code: str, *, down: bool, makes: str = "") -> None:
        self._hold(code, down=down)

    def type_text(self, text: str) -> None:
        self._done.append("control")

    def secure_attention(self) -> None:
        self._done.append("control")

    def _hold(self, what: str, *, down: bool) -> None:
        if down:
            self._done.append("control")
            if what not in self.held:
                self.held.append(what)
        else:
            self.held.remove(what)
