"""The interface to each system's way of starting a program at sign-in."""

import sys
from abc import ABC, abstractmethod

PROGRAM_NAME = "Rescue Console"
PROGRAM_ID = "rescue-console"


class Autostart(ABC):
    """One entry in the list of programs that start when this person signs in."""

    @abstractmethod
    def is_on(self) -> bool:
        """Tell whether the entry is there.

        Raises:
            OSError: the list cannot be read.
        """

    @abstractmethod
    def turn_on(self) -> None:
        """Create or update the entry.

        Raises:
            OSError: it cannot be written.
        """

    @abstractmethod
    def turn_off(self) -> None:
        """Remove the entry, if it is there.

        Raises:
            OSError: it cannot be removed.
        """


def start_command() -> list[str]:
    """Return the command that starts this program, packaged or with this Python."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "rescue_console.desktop"]
