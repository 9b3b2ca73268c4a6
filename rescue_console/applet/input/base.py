"""What the applet does with a system's pointer, keyboard and screens.

``Device`` acts, ``Watch`` notices what the customer does with their own mouse and keyboard. Both
are used from several threads, so an implementation locks what must be locked.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import ClassVar, NamedTuple

from rescue_console.protocol.channel import MouseButton, Screen
from rescue_console.protocol.hindrances import AttentionHindrance, ControlHindrance


class InputFailed(Exception):
    """The system does not let the applet use pointer and keyboard, or notice its user's hands."""

    def __init__(self, hindrance: ControlHindrance) -> None:
        super().__init__(str(hindrance))
        self.hindrance = hindrance


class Ready(NamedTuple):
    """How much of a text can be typed, at least 1 character, and how long to wait before."""

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
        """Return the pixel of the desktop where the pointer is."""

    @abstractmethod
    def move(self, left: int, top: int) -> None:
        """Put the pointer at a pixel of the desktop that all screens make up."""

    @abstractmethod
    def press(self, button: MouseButton, *, down: bool) -> None:
        """Press or release a button where the pointer is."""

    @abstractmethod
    def turn(self, right: int, up: int) -> None:
        """Turn the wheel by so many notches."""

    @abstractmethod
    def key(self, code: str, *, down: bool, makes: str = "") -> None:
        """Press or release the key at a place of the keyboard; an unknown place does nothing.

        Args:
            code: As in the W3C's UI Events KeyboardEvent code values.
            makes: The key that makes this character without Shift, where the system tells which
                one that is, is meant instead.
        """

    def ready_text(self, text: str) -> Ready:
        """Make ready for typing *text*, or its beginning, and inject nothing yet."""
        return Ready(len(text), 0.0)

    @abstractmethod
    def type_text(self, text: str) -> None:
        """Type *text*, which is ready, whatever the keyboard's layout is."""

    def secure_attention(self) -> None:  # noqa: B027 (not every system lets a program)
        """Press and release Ctrl-Alt-Del."""

    def close(self) -> None:  # noqa: B027 (not every system has something to undo)
        """Undo whatever the applet has changed, and let the system's connection go."""


class Watch(ABC):
    """Notices the customer's own input, and the keys that stop everything."""

    def __init__(self, own_input: Callable[[], None], stop_keys: Callable[[], None]) -> None:
        """Prepare a watch.

        Args:
            own_input: Called, in a thread of the watch's own, for each thing the customer does.
            stop_keys: Called likewise when Ctrl+Alt+Pause is pressed.
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
