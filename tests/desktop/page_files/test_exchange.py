"""Files between console and page without the applet: a real browser, a real server."""

import os
from pathlib import Path

import pytest

from rescue_console.client.files.transfer import TransferState
from tests.desktop.page_files.conftest import FilesStory


def made(path: Path, size: int) -> bytes:
    content = os.urandom(size)
    path.write_bytes(content)
    return content


def test_the_customer_sends_a_file(story: FilesStory, tmp_path: Path, downloads: Path) -> None:
    content = made(tmp_path / "photo.jpg", 3_000_000)
    story.allow_files()
    story.choose(tmp_path / "photo.jpg")
    story.answer("Receive")
    story.row("photo.jpg", "sent")
    story.until(lambda: story.technician.ended(1))
    [transfer] = story.technician.transfers
    assert transfer.path is not None
    assert transfer.path.parent == downloads
    assert transfer.path.read_bytes() == content


def test_the_technician_sends_a_file(story: FilesStory, tmp_path: Path) -> None:
    content = made(tmp_path / "tool.exe", 3_000_000)
    story.allow_files()
    story.technician.send(tmp_path / "tool.exe")
    story.row("tool.exe", "asked")
    story.press("tool.exe", "accept")
    story.row("tool.exe", "received")
    assert story.save("tool.exe") == ("tool.exe", content)
    story.until(lambda: story.technician.states == [TransferState.DONE])
