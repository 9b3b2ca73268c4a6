"""The English sentences that versions before 0.2 send in place of words; kept for one release.

A message names its problem by a word, and beside it carries the sentence that an earlier version
knows and translates. An earlier version shows an unknown sentence as it is, so a new word needs a
sentence as well. See docs/decisions/0013-problems-travel-as-words.md.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from rescue_console.protocol.file_problems import FileProblem, FolderProblem
from rescue_console.protocol.hindrances import AttentionHindrance, ControlHindrance

WordT = TypeVar("WordT", bound=StrEnum)

FILE_SENTENCES: Mapping[FileProblem, str] = {
    FileProblem.CANCELLED: "The transfer was cancelled.",
    FileProblem.REFUSED: "The other side does not want the file.",
    FileProblem.DISK_FULL: "The disk of the receiving device is full.",
    FileProblem.NO_ROOM: "There is not enough room for the file on the receiving device.",
    FileProblem.UNREADABLE: "The file cannot be read.",
    FileProblem.NOT_A_FILE: "It is a link or a device, not a file, and is not sent.",
    FileProblem.UNWRITABLE: "The file cannot be written to the receiving folder.",
    FileProblem.CHANGED: "The file changed while it was being sent.",
    FileProblem.DAMAGED: "The file arrived damaged and was deleted. Send it again.",
    FileProblem.TOO_MANY: "Too many files at once.",
    FileProblem.MISBEHAVED: "The other side did not keep to the rules of a transfer.",
    FileProblem.NOT_ALLOWED: "Transferring files is no longer allowed.",
    FileProblem.SKIPPED: "A file of this name is there already and was left as it is.",
    FileProblem.FAULT: "The transfer failed because of a fault in the program.",
    FileProblem.BUSY: "The same file is being received already.",
    FileProblem.TOO_LARGE: "The file is too large to be sent without the applet.",
    FileProblem.APPLET: "Files go through the applet from now on. Send it again.",
}

FOLDER_SENTENCES: Mapping[FolderProblem, str] = {
    FolderProblem.TOO_MUCH: "Too much at once. Try again.",
    FolderProblem.FAULT: "It failed because of a fault in the program.",
    FolderProblem.NOT_ALLOWED: "The customer no longer allows it.",
    FolderProblem.NO_PATH: "This is not a whole path.",
    FolderProblem.TOO_MANY: "There are too many files in this folder.",
    FolderProblem.UNREADABLE: "It cannot be read.",
    FolderProblem.NOTHING: "There is nothing that can be sent.",
    FolderProblem.UNUSABLE: "This name or path cannot be used.",
    FolderProblem.UNUSABLE_NAME: "This name cannot be used.",
    FolderProblem.TAKEN: "Something of this name is there already.",
    FolderProblem.NEEDED: "This folder is needed by the system and is not deleted.",
}

CONTROL_SENTENCES: Mapping[ControlHindrance, str] = {
    ControlHindrance.WAYLAND: (
        "This desktop uses Wayland, which does not let programs use mouse and keyboard. "
        "Choose an X11 (Xorg) session at sign-in to allow control."
    ),
    ControlHindrance.NO_SCREEN: "There is no screen that can be controlled.",
    ControlHindrance.NOT_LET: "This screen does not let programs use mouse and keyboard.",
    ControlHindrance.NOT_WATCHED: (
        "This screen does not tell programs when its user moves the mouse or types, "
        "so their own input could not come first."
    ),
    ControlHindrance.NOT_TRUSTED: (
        "Allow this program under System Settings, Privacy and Security, Accessibility, "
        "and start it again."
    ),
}

ATTENTION_SENTENCES: Mapping[AttentionHindrance, str] = {
    AttentionHindrance.WINDOWS: (
        "Windows takes Ctrl-Alt-Del from the keyboard only. Ask the customer to press it."
    ),
    AttentionHindrance.MACOS: "macOS has no Ctrl-Alt-Del.",
}


def understood(word: str, sentence: str, sentences: Mapping[WordT, str]) -> WordT | str:
    """Return the word among *sentences* that is meant; if none is, what was received.

    Args:
        word: The word, from a version that sends words; empty from an earlier one.
        sentence: The sentence that came with the word, or, from an earlier version, in its place.
        sentences: The words that this version knows, and the sentence for each.
    """
    for known in sentences:
        if known == word:
            return known
    for known, earlier in sentences.items():
        if earlier == sentence:
            return known
    return sentence or word
