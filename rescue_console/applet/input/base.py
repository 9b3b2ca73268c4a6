"""What the applet does with a system's pointer, keyboard and screens.

A ``Device`` acts; a ``Watch`` notices what the customer does with their own mouse and keyboard.
Both are used from several threads, so their implementations must lock what they share.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import ClassVar, NamedTuple

from rescue_console.protocol.channel import MouseButton, Screen
from rescue_console.protocol.hindrances import AttentionHindrance, ControlHindrance


class InputFailed(Exception):
    """The system does not let the applet use pointer and keyboard, or watch the user's input."""

    def __init__(self, hindrance: ControlHindrance) -> None:
        super().__init__(str(hindrance))
        self.hindrance = hindrance


class Ready(NamedTuple):
    """How many characters of a text can be typed, and how long to wait before that.

    Where it is none, ask again after waiting.
    """

    characters: int
    wait_s: float


class Device(ABC):
    """Injects input as if it came from the customer's own mouse and keyboard.

    Attributes:
        no_attention: Why ``secure_attention`` does nothing; None where it does something.
    """

    no_attention: ClassVar[AttentionHindrance | None] = None

    @abstractmethod
    def screens(self) -> list[Screen]:
        """Return the screens in the system's own pixels; the first is the main one."""

    @abstractmethod
    def place(self) -> tuple[int, int]:
        """Return the pointer's position as a pixel of the desktop."""

    @abstractmethod
    def move(self, left: int, top: int) -> None:
        """Move the pointer to a pixel of the desktop, which spans all screens."""

    @abstractmethod
    def press(self, button: MouseButton, *, down: bool) -> None:
        """Press or release a button where the pointer is."""

    @abstractmethod
    def turn(self, right: int, up: int) -> None:
        """Turn the wheel by that many notches; negative numbers turn it left or down."""

    @abstractmethod
    def key(self, code: str, *, down: bool, makes: str = "") -> None:
        """Press or release a key; do nothing if there is no such key.

        Args:
            code: The key's place, one of the W3C's UI Events KeyboardEvent code values.
            makes: The character that the key makes without Shift. If the system can tell which
                key makes it, that key is used instead of the one at *code*.
        """

    def ready_text(self, text: str) -> Ready:
        """Prepare to type *text*, or the beginning of it, without injecting anything yet."""
        return Ready(len(text), 0.0)

    @abstractmethod
    def type_text(self, text: str) -> None:
        """Type *text*, which ``ready_text`` has prepared, whatever the keyboard's layout."""

    def secure_attention(self) -> None:  # noqa: B027 (not every system lets a program)
        """Press and release Ctrl-Alt-Del."""

    def close(self) -> None:  # noqa: B027 (not every system has something to undo)
        """Undo what the device has changed, and close its connection to the system."""


class Watch(ABC):
    """Notices the customer's own input, and the keys that stop everything."""

    def __init__(self, own_input: Callable[[], None], stop_keys: Callable[[], None]) -> None:
        """Prepare a watch.

        Args:
            own_input: Called in the watch's own thread for each input of the customer's.
            stop_keys: Called there, too, when Ctrl+Alt+Pause is pressed.
        """
        self.own_input = own_input
        self.stop_keys = stop_keys

    @abstractmethod
    def start(self) -> None:
        """Begin to watch.

        Raises:
            InputFailed: the system does not allow it.
        """

    @abstractmethod
    def close(self) -> None:
        """Stop watching."""


STOP_KEYS = frozenset({"Control", "Alt", "Pause"})
"""The keys that stop everything when they are down together."""
