"""The messages between console and applet inside their encrypted channel.

The channel is a stream: each message is a 4-byte big-endian length and that many bytes of
MessagePack. Positions on a screen are fractions of its width and height, so that neither side needs
to know the other's scaling. Everything that arrives is hostile: its size is checked before any of
it is kept.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from msgspec import Meta, Struct

from rescue_console.protocol.earlier_sentences import (
    ATTENTION_SENTENCES,
    CONTROL_SENTENCES,
    FILE_SENTENCES,
    FOLDER_SENTENCES,
    understood,
)
from rescue_console.protocol.file_problems import FileProblem, FolderProblem
from rescue_console.protocol.hindrances import AttentionHindrance, ControlHindrance
from rescue_console.protocol.restart import DETAIL_MAX, RestartProblem
from rescue_console.protocol.unreadable import UNREADABLE

MESSAGE_MAX = 1 << 20
"""Bytes in one message, not counting the 4 bytes of its length."""

CHUNK_MAX = 256 * 1024
"""Bytes of a file in one message."""

TEXT_MAX = 256 * 1024
"""Characters in a clipboard's text."""

Fraction = Annotated[float, Meta(ge=0.0, le=1.0)]
ScreenNumber = Annotated[int, Meta(ge=0, le=63)]
Clip = Annotated[str, Meta(max_length=TEXT_MAX)]
Path = Annotated[str, Meta(max_length=4_096)]
Name = Annotated[str, Meta(max_length=255)]
Id = Annotated[int, Meta(ge=0, le=2**53)]
Size = Annotated[int, Meta(ge=0, le=2**53)]
Chunk = Annotated[bytes, Meta(max_length=CHUNK_MAX)]
Word = Annotated[str, Meta(max_length=64)]
Sentence = Annotated[str, Meta(max_length=1_000)]
"""What an earlier version reads in place of a word; see ``earlier_sentences``."""
Digest = Annotated[bytes, Meta(min_length=32, max_length=32)]


class Message(Struct, kw_only=True, tag_field="t", omit_defaults=True):
    """Base of all messages; the field ``t`` on the wire holds the tag of the message's class."""


class MouseButton(StrEnum):
    """A button of the mouse."""

    LEFT = "left"
    MIDDLE = "middle"
    RIGHT = "right"
    BACK = "back"
    FORWARD = "forward"


class PointerMoved(Message, tag="move"):
    """The technician's pointer is at (x, y) of a screen."""

    screen: ScreenNumber
    x: Fraction
    y: Fraction


class ButtonChanged(Message, tag="button"):
    """A button went down or up."""

    button: MouseButton
    down: bool


class WheelTurned(Message, tag="wheel"):
    """The wheel turned; ``x`` and ``y`` are in notches, positive to the right and upwards."""

    x: Annotated[int, Meta(ge=-100, le=100)] = 0
    y: Annotated[int, Meta(ge=-100, le=100)] = 0


class KeyChanged(Message, tag="key"):
    """A key went down or up.

    ``code`` names the physical key by its place on the keyboard, as in W3C UI Events KeyboardEvent
    code values ("KeyA"). ``makes`` is the character that this key makes without Shift in the
    technician's layout. If some key of the customer's layouts makes that character, that key is
    meant, so that Ctrl-Z stays Ctrl-Z; otherwise, or when it is empty, ``code`` decides. Where no
    layout has Latin letters, an applet may take the key where an American keyboard has the letter.
    """

    code: Annotated[str, Meta(max_length=32)]
    down: bool
    makes: Annotated[str, Meta(max_length=1)] = ""


class TextTyped(Message, tag="text"):
    """Text to be typed exactly as it is, independent of the customer's keyboard layout."""

    text: Annotated[str, Meta(max_length=1_000)]


class SecureAttention(Message, tag="sas"):
    """Press Ctrl-Alt-Del; ignored where the applet has an ``AttentionHindrance``."""


class AllReleased(Message, tag="release"):
    """Release every key and button."""


class Screen(Struct, kw_only=True, frozen=True):
    """One of the customer's screens, in the system's own coordinates."""

    name: Name
    left: int
    top: int
    width: Annotated[int, Meta(ge=1, le=65_535)]
    height: Annotated[int, Meta(ge=1, le=65_535)]


class Greeting(Message, tag="hello"):
    """The applet's first message: what it runs on and what it can do.

    Create it with ``of``, and read ``control_hindrance`` and ``attention_hindrance``: earlier
    versions read and send a sentence in place of a word.
    """

    system: Name
    version: Name
    screens: Annotated[list[Screen], Meta(max_length=64)]
    can_control: bool
    why_not: Annotated[str, Meta(max_length=500)] = ""
    no_attention: Annotated[str, Meta(max_length=500)] = ""
    why_not_word: Word = ""
    no_attention_word: Word = ""

    @classmethod
    def of(
        cls,
        system: str,
        version: str,
        screens: list[Screen],
        why_not: ControlHindrance | None = None,
        no_attention: AttentionHindrance | None = None,
    ) -> "Greeting":
        """Return the greeting of an applet that *why_not* and *no_attention* hinder."""
        return cls(
            system=system,
            version=version,
            screens=screens,
            can_control=why_not is None,
            why_not="" if why_not is None else CONTROL_SENTENCES[why_not],
            why_not_word=why_not or "",
            no_attention="" if no_attention is None else ATTENTION_SENTENCES[no_attention],
            no_attention_word=no_attention or "",
        )

    @property
    def control_hindrance(self) -> ControlHindrance | str:
        """Why there is no control; empty where there is."""
        return understood(self.why_not_word, self.why_not, CONTROL_SENTENCES)

    @property
    def attention_hindrance(self) -> AttentionHindrance | str:
        """Why there is no Ctrl-Alt-Del; empty where there is."""
        return understood(self.no_attention_word, self.no_attention, ATTENTION_SENTENCES)


class ScreensChanged(Message, tag="screens"):
    """Screens were added, removed or moved."""

    screens: Annotated[list[Screen], Meta(max_length=64)]


class ControlPaused(Message, tag="paused"):
    """The customer uses mouse or keyboard, so the technician's input waits.

    ``paused`` is false once the customer has stopped and the technician's input counts again.
    """

    paused: bool


class ClipboardChanged(Message, tag="clip"):
    """The clipboard's text on the sender's side."""

    text: Clip


class ClipboardWanted(Message, tag="clip?"):
    """Send the clipboard's text."""


class FileOffered(Message, tag="offer"):
    """A file can be sent. The receiver answers FileAccepted or FileEnded.

    ``name`` may hold ``/`` between folders when a whole folder is sent; the receiver checks it. A
    name that ends in ``/`` is an empty folder: the receiver makes it and answers FileEnded, without
    FileAccepted. ``modified_s`` is in seconds since 1970. ``wanted`` is the id of the FileWanted
    that this offer answers.
    """

    id: Id
    name: Path
    size: Size
    modified_s: int = 0
    wanted: Id | None = None


class FileAccepted(Message, tag="accept"):
    """Send the file from ``offset``: the receiver already has the bytes before it."""

    id: Id
    offset: Size


class FileChunk(Message, tag="chunk"):
    """A part of a file; parts come in order."""

    id: Id
    offset: Size
    data: Chunk


class FileReceived(Message, tag="got"):
    """The receiver has written everything before ``offset``; the sender stays close ahead of it.

    A receiver refuses parts that are more than 4 MiB ahead.
    """

    id: Id
    offset: Size


class FileFinished(Message, tag="done"):
    """All parts have been sent; ``sha256`` is the digest of the whole file."""

    id: Id
    sha256: Digest


class FileEnded(Message, tag="end"):
    """A file's transfer has ended.

    It ended well when ``problem`` and ``word`` are empty. Otherwise create this message with
    ``because``, and read ``failure``.
    """

    id: Id
    problem: Sentence = ""
    word: Word = ""

    @classmethod
    def because(cls, number: int, problem: FileProblem) -> "FileEnded":
        """Return the message that the transfer *number* has failed because of *problem*."""
        return cls(id=number, problem=FILE_SENTENCES[problem], word=problem)

    @property
    def failure(self) -> FileProblem | str:
        """Why the transfer failed, or another version's own words; empty when it ended well."""
        return understood(self.word, self.problem, FILE_SENTENCES)


def _named(problem: FolderProblem | str) -> tuple[str, str]:
    """Return the word for *problem*, empty for the system's own words, and the sentence for it."""
    if isinstance(problem, FolderProblem):
        return problem, FOLDER_SENTENCES[problem]
    return "", problem


class FolderWanted(Message, tag="ls"):
    """List a folder of the customer's device; an empty ``path`` lists home folder and drives."""

    id: Id
    path: Path = ""


class Entry(Struct, kw_only=True, frozen=True):
    """One file or folder in a folder."""

    name: Name
    folder: bool
    size: Size = 0
    modified_s: int = 0


class FolderListed(Message, tag="list"):
    """What a folder holds, at most 5 000 entries, or why it cannot be listed.

    ``more`` says that the folder holds more than the entries listed, and ``hidden`` counts those
    that are not: there is no room for them, or their names cannot be put in a message. Create a
    failure with ``because``, and read ``failure``.
    """

    id: Id
    path: Path
    parent: Path = ""
    entries: Annotated[list[Entry], Meta(max_length=5_000)] = []
    more: bool = False
    hidden: Size = 0
    problem: Sentence = ""
    word: Word = ""

    @classmethod
    def because(
        cls, number: int, path: str, problem: FolderProblem | str, parent: str = ""
    ) -> "FolderListed":
        """Return the message that *path* cannot be listed.

        Args:
            number: The id of the FolderWanted.
            path: The folder asked for.
            problem: Why, or the system's own words about it.
            parent: The folder above *path*.
        """
        word, sentence = _named(problem)
        return cls(id=number, path=path, parent=parent, problem=sentence, word=word)

    @property
    def failure(self) -> FolderProblem | str:
        """Why it cannot be listed, or the words of the system or another version; else empty."""
        return understood(self.word, self.problem, FOLDER_SENTENCES)


class FolderAction(StrEnum):
    """What the file manager can do besides listing."""

    MAKE = "make"
    RENAME = "rename"
    DELETE = "delete"


class FolderChange(Message, tag="change"):
    """Make a folder, or rename or delete a file or folder; answered with Done."""

    id: Id
    action: FolderAction
    path: Path
    to: Path = ""


class FileWanted(Message, tag="get"):
    """Offer the file or folder at ``path`` of the customer's device."""

    id: Id
    path: Path


class Done(Message, tag="ok"):
    """The answer to a request with an id: it was done, or why not.

    Create a failure with ``because``, and read ``failure``.
    """

    id: Id
    problem: Sentence = ""
    word: Word = ""

    @classmethod
    def because(cls, number: int, problem: FolderProblem | str) -> "Done":
        """Return the answer to the request *number*.

        Args:
            number: The request's id.
            problem: Why it was not done, or the system's own words about it; empty = it was done.
        """
        word, sentence = _named(problem)
        return cls(id=number, problem=sentence, word=word)

    @property
    def failure(self) -> FolderProblem | str:
        """Why it was not done, or the words of the system or another version; else empty."""
        return understood(self.word, self.problem, FOLDER_SENTENCES)


class SystemInformationWanted(Message, tag="info?"):
    """Send the system information."""

    id: Id


class Fact(Struct, kw_only=True, frozen=True):
    """One line of system information."""

    section: Name
    name: Name
    value: Annotated[str, Meta(max_length=2_000)]


class SystemInformation(Message, tag="info"):
    """What the applet found out about the customer's device."""

    id: Id
    facts: Annotated[list[Fact], Meta(max_length=5_000)]


class RestartWanted(Message, tag="reboot"):
    """Restart the device and come back to this session."""

    id: Id


class RestartEnded(Message, tag="reboot!"):
    """The answer when the device does not restart: it failed, or the restart was called off."""

    id: Id
    problem: RestartProblem
    detail: Annotated[str, Meta(max_length=DETAIL_MAX)] = ""


FromConsole = (
    PointerMoved
    | ButtonChanged
    | WheelTurned
    | KeyChanged
    | TextTyped
    | SecureAttention
    | AllReleased
    | ClipboardChanged
    | ClipboardWanted
    | FileOffered
    | FileAccepted
    | FileChunk
    | FileReceived
    | FileFinished
    | FileEnded
    | FolderWanted
    | FolderChange
    | FileWanted
    | SystemInformationWanted
    | RestartWanted
)
FromApplet = (
    Greeting
    | ScreensChanged
    | ControlPaused
    | ClipboardChanged
    | FileOffered
    | FileAccepted
    | FileChunk
    | FileReceived
    | FileFinished
    | FileEnded
    | FolderListed
    | Done
    | SystemInformation
    | RestartEnded
)


class ChannelBroken(ValueError):
    """The other side broke the rules of the channel, which must be closed."""


_encoder = msgspec.msgpack.Encoder()


def pack(message: Message) -> bytes:
    """Return *message* as it goes into the channel.

    Raises:
        ChannelBroken: it is larger than MESSAGE_MAX.
    """
    body = _encoder.encode(message)
    if len(body) > MESSAGE_MAX:
        raise ChannelBroken("The message is too large to be sent.")
    return len(body).to_bytes(4, "big") + body


MessageT = TypeVar("MessageT")


class Unpacker(Generic[MessageT]):
    """Cuts a stream of bytes into messages of the union *kinds*."""

    def __init__(self, kinds: Any) -> None:
        self._decoder: msgspec.msgpack.Decoder[MessageT] = msgspec.msgpack.Decoder(kinds)
        self._held = bytearray()

    def feed(self, data: bytes) -> Iterator[MessageT]:
        """Add *data* to what was held back, and yield every message that it completes.

        Raises:
            ChannelBroken: *data* holds a length above MESSAGE_MAX, or something that is not a
                message. What was held back is dropped; the channel must be closed.
        """
        self._held += data
        while len(self._held) >= 4:
            size = int.from_bytes(self._held[:4], "big")
            if size > MESSAGE_MAX:
                self._held.clear()
                raise ChannelBroken("The other side announced a message that is too large.")
            if len(self._held) < 4 + size:
                return
            body = bytes(self._held[4 : 4 + size])
            del self._held[: 4 + size]
            try:
                message = self._decoder.decode(body)
            except UNREADABLE as error:
                self._held.clear()
                raise ChannelBroken("The other side sent what is not a message.") from error
            yield message
