"""The base of every part of the applet that acts on the technician's requests.

The channel looks up a message's kind in ``POWERS_FOR``. If none of the powers listed there is
granted at that moment, it drops the message; otherwise it hands the message to the duties. A duty
answers with ``post``, which never waits and suits ``do``, or with ``send``, which waits for room
and suits a task of the duty's own that sends a lot.
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
"""The powers for each kind of message; any one of them allows it."""


class Duty(ABC):
    """A part of the applet that does what messages of some kinds ask for."""

    takes: frozenset[type[Message]] = frozenset()
    """The kinds of messages that the channel hands to this duty."""

    @abstractmethod
    async def do(self, message: FromConsole) -> None:
        """Do what *message* asks for; its power is granted. Must not wait for ``send``."""

    async def begin(self) -> None:  # noqa: B027 (many have nothing to begin)
        """Start work: the channel is open, perhaps again."""

    async def end(self) -> None:  # noqa: B027
        """Stop work: the channel is closed. Keep only what can go on when it opens again."""

    def power_ended(self, power: Power) -> None:  # noqa: B027
        """Before returning, stop all that needs *power*, which has ended; for any thread."""
