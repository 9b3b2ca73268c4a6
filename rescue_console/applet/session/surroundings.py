"""What a session uses of the program around it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from rescue_console.applet.consent.own_windows import OwnWindows
from rescue_console.applet.machine.base import Machine
from rescue_console.applet.window.texts import Texts
from rescue_console.applet.window.views import View


@dataclass(frozen=True)
class Surroundings:
    """The window, its clipboard and the machine.

    Attributes:
        show: Shows a view in the window.
        read_clipboard, write_clipboard: Read and write the clipboard through the window.
    """

    texts: Texts
    own_windows: OwnWindows
    show: Callable[[View], None]
    read_clipboard: Callable[[], Awaitable[str]]
    write_clipboard: Callable[[str], None]
    machine: Machine
