"""What every part of the applet that does the technician's bidding has in common.

The channel looks a message's kind up in ``POWERS_FOR``, drops it when none of the powers named
there is granted at this moment, and hands it to the duties otherwise. A duty answers with ``post``
(never waits; for the coroutine that takes messages) or ``send`` (waits for room; for a task of the
duty's own that sends much).
"""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable

from rescue_console.protocol import channel
from rescue_console.protocol.channel import FromConsole, Message
from rescue_console.protocol.powers import Power

Post = Callable[[Message], None]
Send = Callable[[Message], Awaitable[None]]

_CONTROL = frozenset({Power.CONTROL})
_CLIPBOARD = frozenset({Power.CLIPBOARD})
_TRANSFER = frozenset({Power.FILES, Power.FILE_MANAGER})
_FILE_MANAGER = frozenset({Power.FILE_MANAGER})

POWERS_FOR: dict[type[Message], frozenset[Power]] = {
    channel.PointerMoved: _CONTROL,
    channel.ButtonChanged: _CONTROL,
    channel.WheelTurned: _CONTROL,
    channel.KeyChanged: _CONTROL,
    channel.TextTyped: _CONTROL,
    channel.SecureAttention: _CONTROL,
    channel.AllReleased: _CONTROL,
    channel.ClipboardChanged: _CLIPBOARD,
    channel.ClipboardWanted: _CLIPBOARD,
    channel.FileOffered: _TRANSFER,
    channel.FileAccepted: _TRANSFER,
    channel.FileChunk: _TRANSFER,
    channel.FileReceived: _TRANSFER,
    channel.FileFinished: _TRANSFER,
    channel.FileEnded: _TRANSFER,
    channel.FolderWanted: _FILE_MANAGER,
    channel.FolderChange: _FILE_MANAGER,
    channel.FileWanted: _FILE_MANAGER,
    channel.SystemInformationWanted: frozenset({Power.SYSTEM_INFORMATION}),
    channel.RestartWanted: frozenset({Power.REBOOT}),
}
"""For each kind of message the powers of which any one allows it."""


class Duty(ABC):
    """A part of the applet that does what messages of some kinds ask for."""

    takes: frozenset[type[Message]] = frozenset()
    """The kinds of messages that are handed to it."""

    @abstractmethod
    async def do(self, message: FromConsole) -> None:
        """Do what *message* asks for; its power is granted. It must not wait for ``send``."""

    async def begin(self) -> None:  # noqa: B027 (many have nothing to begin)
        """The channel has been made (again)."""

    async def end(self) -> None:  # noqa: B027
        """The channel has gone: let go of everything, keep what a return can go on with."""

    def power_ended(self, power: Power) -> None:  # noqa: B027
        """*power* has been taken back; called from any thread, and must be done on return."""
