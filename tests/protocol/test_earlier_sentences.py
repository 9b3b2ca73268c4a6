"""Versions before 0.2 and today's understand each other's problems, in both directions."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

import msgspec
import pytest
from msgspec import Meta, Struct

from rescue_console.protocol import channel, page_files
from rescue_console.protocol.earlier_sentences import understood
from rescue_console.protocol.file_problems import FileProblem, FolderProblem
from rescue_console.protocol.hindrances import AttentionHindrance, ControlHindrance

# Letter for letter the sentences that version 0.1 sends and translates.
FILES = {
    "cancelled": "The transfer was cancelled.",
    "refused": "The other side does not want the file.",
    "disk_full": "The disk of the receiving device is full.",
    "no_room": "There is not enough room for the file on the receiving device.",
    "unreadable": "The file cannot be read.",
    "not_a_file": "It is a link or a device, not a file, and is not sent.",
    "unwritable": "The file cannot be written to the receiving folder.",
    "changed": "The file changed while it was being sent.",
    "damaged": "The file arrived damaged and was deleted. Send it again.",
    "too_many": "Too many files at once.",
    "misbehaved": "The other side did not keep to the rules of a transfer.",
    "not_allowed": "Transferring files is no longer allowed.",
    "skipped": "A file of this name is there already and was left as it is.",
    "fault": "The transfer failed because of a fault in the program.",
    "busy": "The same file is being received already.",
    "too_large": "The file is too large to be sent without the applet.",
    "applet": "Files go through the applet from now on. Send it again.",
}
FOLDERS = {
    "too_much": "Too much at once. Try again.",
    "fault": "It failed because of a fault in the program.",
    "not_allowed": "The customer no longer allows it.",
    "no_path": "This is not a whole path.",
    "too_many": "There are too many files in this folder.",
    "unreadable": "It cannot be read.",
    "nothing": "There is nothing that can be sent.",
    "unusable": "This name or path cannot be used.",
    "unusable_name": "This name cannot be used.",
    "taken": "Something of this name is there already.",
    "needed": "This folder is needed by the system and is not deleted.",
}
CONTROL = {
    "wayland": "This desktop uses Wayland, which does not let programs use mouse and keyboard. "
    "Choose an X11 (Xorg) session at sign-in to allow control.",
    "no_screen": "There is no screen that can be controlled.",
    "not_let": "This screen does not let programs use mouse and keyboard.",
    "not_watched": "This screen does not tell programs when its user moves the mouse or types, "
    "so their own input could not come first.",
    "not_trusted": "Allow this program under System Settings, Privacy and Security, "
    "Accessibility, and start it again.",
}
ATTENTION = {
    "windows": "Windows takes Ctrl-Alt-Del from the keyboard only. Ask the customer to press it.",
    "macos": "macOS has no Ctrl-Alt-Del.",
}
WORDS: dict[type[StrEnum], Mapping[str, str]] = {
    FileProblem: FILES,
    FolderProblem: FOLDERS,
    ControlHindrance: CONTROL,
    AttentionHindrance: ATTENTION,
}


class Message(Struct, kw_only=True, tag_field="t", omit_defaults=True):
    """Base of the messages as version 0.1 defines them."""


class FileEnded(Message, tag="end"):
    id: int
    problem: Annotated[str, Meta(max_length=1_000)] = ""


class FolderListed(Message, tag="list"):
    id: int
    path: str
    parent: str = ""
    problem: Annotated[str, Meta(max_length=1_000)] = ""


class Done(Message, tag="ok"):
    id: int
    problem: Annotated[str, Meta(max_length=1_000)] = ""


class Greeting(Message, tag="hello"):
    system: str
    version: str
    screens: list[channel.Screen]
    can_control: bool
    why_not: Annotated[str, Meta(max_length=500)] = ""
    no_attention: Annotated[str, Meta(max_length=500)] = ""


EARLIER = FileEnded | FolderListed | Done | Greeting
TODAY = channel.FileEnded | channel.FolderListed | channel.Done | channel.Greeting


def heard_by_earlier(message: channel.Message) -> FileEnded | FolderListed | Done | Greeting:
    heard: FileEnded | FolderListed | Done | Greeting
    heard = msgspec.msgpack.decode(msgspec.msgpack.encode(message), type=EARLIER)
    return heard


def heard_today(message: Message) -> channel.Message:
    (heard,) = channel.Unpacker[channel.Message](TODAY).feed(_framed(message))
    return heard


def _framed(message: Message) -> bytes:
    body = msgspec.msgpack.encode(message)
    return len(body).to_bytes(4, "big") + body


@pytest.mark.parametrize("kind", WORDS, ids=lambda kind: kind.__name__)
def test_no_word_changes(kind: type[StrEnum]) -> None:
    assert {member.value for member in kind} >= set(WORDS[kind])


@pytest.mark.parametrize("word", FILES)
def test_an_earlier_version_reads_why_a_file_failed(word: str) -> None:
    said = channel.FileEnded.because(7, FileProblem(word))
    assert heard_by_earlier(said) == FileEnded(id=7, problem=FILES[word])


@pytest.mark.parametrize("word", FILES)
def test_an_earlier_version_is_understood_about_a_file(word: str) -> None:
    heard = heard_today(FileEnded(id=7, problem=FILES[word]))
    assert isinstance(heard, channel.FileEnded)
    assert heard.failure is FileProblem(word)


@pytest.mark.parametrize("word", FILES)
def test_a_page_of_an_earlier_version_is_understood(word: str) -> None:
    heard = page_files.read(msgspec.json.encode(FileEnded(id=7, problem=FILES[word])).decode())
    assert isinstance(heard, channel.FileEnded)
    assert heard.failure is FileProblem(word)


@pytest.mark.parametrize("word", FILES)
def test_a_page_of_an_earlier_version_reads_why_a_file_failed(word: str) -> None:
    (said,) = page_files.write(channel.FileEnded.because(7, FileProblem(word)))
    assert msgspec.json.decode(said, type=FileEnded) == FileEnded(id=7, problem=FILES[word])


def test_both_versions_agree_that_a_file_has_arrived() -> None:
    assert heard_by_earlier(channel.FileEnded(id=7)) == FileEnded(id=7)
    heard = heard_today(FileEnded(id=7))
    assert isinstance(heard, channel.FileEnded)
    assert heard.failure == ""


@pytest.mark.parametrize("word", FOLDERS)
def test_an_earlier_version_reads_what_the_file_manager_could_not_do(word: str) -> None:
    problem = FolderProblem(word)
    assert heard_by_earlier(channel.Done.because(7, problem)) == Done(id=7, problem=FOLDERS[word])
    listed = channel.FolderListed.because(8, "/a/b", problem, "/a")
    heard = heard_by_earlier(listed)
    assert heard == FolderListed(id=8, path="/a/b", parent="/a", problem=FOLDERS[word])


@pytest.mark.parametrize("word", FOLDERS)
def test_an_earlier_version_is_understood_about_a_folder(word: str) -> None:
    problem = FolderProblem(word)
    for said in (
        Done(id=7, problem=FOLDERS[word]),
        FolderListed(id=7, path="/a", problem=FOLDERS[word]),
    ):
        heard = heard_today(said)
        assert isinstance(heard, channel.Done | channel.FolderListed)
        assert heard.failure is problem


def test_the_systems_own_words_reach_both_versions_unchanged() -> None:
    assert heard_by_earlier(channel.Done.because(7, "Permission denied")) == Done(
        id=7, problem="Permission denied"
    )
    heard = heard_today(Done(id=7, problem="Permission denied"))
    assert isinstance(heard, channel.Done)
    assert heard.failure == "Permission denied"
    assert channel.Done.because(7, "").failure == ""


@pytest.mark.parametrize("word", CONTROL)
def test_an_earlier_version_reads_why_there_is_no_control(word: str) -> None:
    heard = heard_by_earlier(channel.Greeting.of("Linux", "6", [], ControlHindrance(word)))
    assert isinstance(heard, Greeting)
    assert (heard.can_control, heard.why_not, heard.no_attention) == (False, CONTROL[word], "")


@pytest.mark.parametrize("word", ATTENTION)
def test_an_earlier_version_reads_why_ctrl_alt_del_cannot_be_pressed(word: str) -> None:
    greeting = channel.Greeting.of("Linux", "6", [], None, AttentionHindrance(word))
    heard = heard_by_earlier(greeting)
    assert isinstance(heard, Greeting)
    assert (heard.can_control, heard.why_not, heard.no_attention) == (True, "", ATTENTION[word])


def test_an_earlier_version_is_understood_about_control() -> None:
    for word, sentence in CONTROL.items():
        for keys, words in ATTENTION.items():
            heard = heard_today(
                Greeting(
                    system="Linux",
                    version="6",
                    screens=[],
                    can_control=False,
                    why_not=sentence,
                    no_attention=words,
                )
            )
            assert isinstance(heard, channel.Greeting)
            assert heard.control_hindrance is ControlHindrance(word)
            assert heard.attention_hindrance is AttentionHindrance(keys)


def test_without_a_hindrance_the_greeting_names_none() -> None:
    greeting = channel.Greeting.of("Linux", "6", [])
    assert (greeting.control_hindrance, greeting.attention_hindrance) == ("", "")
    assert greeting.can_control


def test_a_later_version_is_understood_by_its_word_or_else_by_its_sentence() -> None:
    sentences = {FileProblem.BUSY: FILES["busy"], FileProblem.FAULT: FILES["fault"]}
    assert understood("busy", "Said in other words.", sentences) is FileProblem.BUSY
    assert understood("too_heavy", FILES["fault"], sentences) is FileProblem.FAULT
    assert understood("too_heavy", "The file is too heavy.", sentences) == "The file is too heavy."
    assert understood("too_heavy", "", sentences) == "too_heavy"
    assert understood("", "", sentences) == ""
