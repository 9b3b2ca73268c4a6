"""What console and applet say to each other inside their encrypted channel.

The channel is a stream: each message is a 4-byte big-endian length and that many bytes of
MessagePack. Positions on a screen are fractions of its width and height, so that neither side needs
to know the other's scaling. Whatever arrives is hostile: sizes are checked before anything is kept.
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
"""Bytes of one message, its length not counted."""

CHUNK_MAX = 256 * 1024
"""Bytes of a file in one message."""

TEXT_MAX = 256 * 1024
"""Characters of a clipboard's text."""

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
"""What an earlier version is told beside a word: see ``earlier_sentences``."""
Digest = Annotated[bytes, Meta(min_length=32, max_length=32)]


class Message(Struct, kw_only=True, tag_field="t", omit_defaults=True):
    """Base of all messages; ``t`` on the wire is the class's name in small letters."""


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
    """The wheel turned; in notches, right and up positive."""

    x: Annotated[int, Meta(ge=-100, le=100)] = 0
    y: Annotated[int, Meta(ge=-100, le=100)] = 0


class KeyChanged(Message, tag="key"):
    """A key went down or up, by its place on the keyboard.

    ``code`` is the physical key's name as in W3C UI Events KeyboardEvent code values ("KeyA").
    ``makes`` is the character that the key makes by itself at the technician's: where a key of the
    customer's layout makes it, that one is meant, so that Ctrl-Z stays Ctrl-Z; empty = by place.
    """

    code: Annotated[str, Meta(max_length=32)]
    down: bool
    makes: Annotated[str, Meta(max_length=1)] = ""


class TextTyped(Message, tag="text"):
    """Text to be typed as it is, whatever the customer's keyboard layout."""

    text: Annotated[str, Meta(max_length=1_000)]


class SecureAttention(Message, tag="sas"):
    """Press Ctrl-Alt-Del; done only where nothing hinders it."""


class AllReleased(Message, tag="release"):
    """Let go of every key and button."""


class Screen(Struct, kw_only=True, frozen=True):
    """One of the customer's screens, in the system's own coordinates."""

    name: Name
    left: int
    top: int
    width: Annotated[int, Meta(ge=1, le=65_535)]
    height: Annotated[int, Meta(ge=1, le=65_535)]


class Greeting(Message, tag="hello"):
    """The applet's first message: what it runs on and can do.

    Make it with ``of`` and read ``control_hindrance`` and ``attention_hindrance``: an earlier
    version is told, and tells, a sentence in place of a word.
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
        """Return the greeting of an applet on which *why_not* and *no_attention* are hindrances."""
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
    """The customer uses mouse or keyboard: theirs wins; ``paused`` false = over."""

    paused: bool


class ClipboardChanged(Message, tag="clip"):
    """The clipboard's text on the sender's side."""

    text: Clip


class ClipboardWanted(Message, tag="clip?"):
    """Send the clipboard's text."""


class FileOffered(Message, tag="offer"):
    """A file can be sent. The receiver answers FileAccepted or FileEnded.

    ``name`` may hold ``/`` between folders of a folder that is sent; the receiver checks it. One
    that ends in ``/`` is an empty folder, made without being accepted. ``wanted`` is the number of
    the FileWanted that it answers.
    """

    id: Id
    name: Path
    size: Size
    modified_s: int = 0
    wanted: Id | None = None


class FileAccepted(Message, tag="accept"):
    """Send the file from ``offset``: what comes before is there already."""

    id: Id
    offset: Size


class FileChunk(Message, tag="chunk"):
    """A part of a file; parts come in order."""

    id: Id
    offset: Size
    data: Chunk


class FileReceived(Message, tag="got"):
    """So much has been written; the sender keeps at most a few MiB ahead of it."""

    id: Id
    offset: Size


class FileFinished(Message, tag="done"):
    """All parts were sent; ``sha256`` is of the whole file."""

    id: Id
    sha256: Digest


class FileEnded(Message, tag="end"):
    """A file's way is over: well, or not; then make it with ``because`` and read ``failure``."""

    id: Id
    problem: Sentence = ""
    word: Word = ""

    @classmethod
    def because(cls, number: int, problem: FileProblem) -> "FileEnded":
        """Return that the file *number* has not come, and why."""
        return cls(id=number, problem=FILE_SENTENCES[problem], word=problem)

    @property
    def failure(self) -> FileProblem | str:
        """Why it has not come, or what another version says about it; empty when it has."""
        return understood(self.word, self.problem, FILE_SENTENCES)


def _named(problem: FolderProblem | str) -> tuple[str, str]:
    """Return the word for *problem*, if it is one of ours, and what it is said in."""
    if isinstance(problem, FolderProblem):
        return problem, FOLDER_SENTENCES[problem]
    return "", problem


class FolderWanted(Message, tag="ls"):
    """List a folder of the customer's; empty = where to begin (home, drives)."""

    id: Id
    path: Path = ""


class Entry(Struct, kw_only=True, frozen=True):
    """One thing in a folder."""

    name: Name
    folder: bool
    size: Size = 0
    modified_s: int = 0


class FolderListed(Message, tag="list"):
    """What a folder holds, at most 5 000 things, or, made with ``because``, why nobody can tell."""

    id: Id
    path: Path
    parent: Path = ""
    entries: Annotated[list[Entry], Meta(max_length=5_000)] = []
    more: bool = False
    problem: Sentence = ""
    word: Word = ""

    @classmethod
    def because(
        cls, number: int, path: str, problem: FolderProblem | str, parent: str = ""
    ) -> "FolderListed":
        """Return that *path* cannot be listed: why, or the system's own words about it."""
        word, sentence = _named(problem)
        return cls(id=number, path=path, parent=parent, problem=sentence, word=word)

    @property
    def failure(self) -> FolderProblem | str:
        """Why it cannot be read, or the words of the system or another version; else empty."""
        return understood(self.word, self.problem, FOLDER_SENTENCES)


class FolderAction(StrEnum):
    """What can be done in the file manager besides looking."""

    MAKE = "make"
    RENAME = "rename"
    DELETE = "delete"


class FolderChange(Message, tag="change"):
    """Make a folder, rename or delete something; answered with Done."""

    id: Id
    action: FolderAction
    path: Path
    to: Path = ""


class FileWanted(Message, tag="get"):
    """Offer the file or folder at ``path`` of the customer's device."""

    id: Id
    path: Path


class Done(Message, tag="ok"):
    """The answer to a request with an id: it was done, or, made with ``because``, why not."""

    id: Id
    problem: Sentence = ""
    word: Word = ""

    @classmethod
    def because(cls, number: int, problem: FolderProblem | str) -> "Done":
        """Return why the request *number* was not done, or the system's own words about it.

        Args:
            problem: Empty when it was done.
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
    """What is known of the customer's device."""

    id: Id
    facts: Annotated[list[Fact], Meta(max_length=5_000)]


class RestartWanted(Message, tag="reboot"):
    """Restart the device and come back to this session."""

    id: Id


class RestartEnded(Message, tag="reboot!"):
    """The answer when the device is not restarted, or the restart is called off."""

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
    """The other side sent something that cannot be: the channel must be closed."""


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
        """Take *data*, and give every message that it completes.

        Raises:
            ChannelBroken: a length above MESSAGE_MAX, or something that is no message. What was
                held is dropped; the channel must be closed.
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
                raise ChannelBroken("The other side sent something that is no message.") from error
            yield message
