"""The file manager stops at once when its power is taken back, and follows no link."""

import asyncio
from pathlib import Path

import pytest

from rescue_console.applet.consent.grants import Grants
from rescue_console.applet.duties.files import Files
from rescue_console.applet.duties.folders import Folders
from rescue_console.applet.duties.tree_deletion import NoLongerAllowed, delete_tree
from rescue_console.protocol.channel import (
    Done,
    FileWanted,
    FolderAction,
    FolderChange,
    FromConsole,
    Message,
)
from rescue_console.protocol.file_problems import FolderProblem
from rescue_console.protocol.powers import Power
from tests.stage.applets.granting import grant


class TakenBackOn(Grants):
    """Grants that the customer takes back at the *number*th check of the file manager."""

    def __init__(self, number: int) -> None:
        super().__init__(lambda power: None)
        self.left = number

    def has(self, power: Power) -> bool:
        self.left -= 1
        if not self.left:
            self.take_back([power])
        return super().has(power)


def filled(folder: Path) -> Path:
    """Make *folder* and a folder inside it, both with files."""
    (folder / "inside").mkdir(parents=True)
    for number in range(20):
        (folder / f"{number}.jpg").touch()
        (folder / "inside" / f"{number}.jpg").touch()
    return folder


async def answer_to(wish: FromConsole, grants: Grants) -> Message:
    """Return what the applet answers."""
    answers: asyncio.Queue[Message] = asyncio.Queue()

    async def send(message: Message) -> None:
        answers.put_nowait(message)

    files = Files(grants, answers.put_nowait, send)
    await files.begin()
    folders = Folders(grants, answers.put_nowait, files)
    grant(grants, [Power.FILE_MANAGER, Power.FILES])
    await folders.do(wish)
    answer = await answers.get()
    await folders.end()
    await files.aclose()
    return answer


@pytest.mark.parametrize("number", [2, 10, 30])
async def test_a_deletion_stops_once_the_power_is_taken_back(tmp_path: Path, number: int) -> None:
    photos = filled(tmp_path / "photos")
    wish = FolderChange(id=2, action=FolderAction.DELETE, path=str(photos))

    assert await answer_to(wish, TakenBackOn(number)) == Done.because(2, FolderProblem.NOT_ALLOWED)
    # Besides each file, the check comes before the deletion and before each of the folders.
    left = sum(path.is_file() for path in photos.rglob("*"))
    assert 40 - number < left <= 40 - number + 4


@pytest.mark.parametrize("number", [1, 20, 41])
async def test_nothing_is_fetched_once_the_file_manager_is_taken_back(
    tmp_path: Path, number: int
) -> None:
    wish = FileWanted(id=4, path=str(filled(tmp_path / "photos")))

    assert await answer_to(wish, TakenBackOn(number)) == Done.because(4, FolderProblem.NOT_ALLOWED)


def test_no_link_is_followed(tmp_path: Path) -> None:
    kept, gone = filled(tmp_path / "kept"), filled(tmp_path / "gone")
    (gone / "inside" / "link").symlink_to(kept)
    (gone / "file").symlink_to(kept / "1.jpg")
    delete_tree(gone, lambda: True)

    assert not gone.exists()
    assert len(list(kept.rglob("*.jpg"))) == 40


def test_a_link_that_replaces_a_folder_meanwhile_is_not_followed(tmp_path: Path) -> None:
    kept, gone = filled(tmp_path / "kept"), tmp_path / "gone"
    (gone / "inside").mkdir(parents=True)
    asked: list[bool] = []

    def allowed() -> bool:
        asked.append(True)
        if len(asked) == 2:
            (gone / "inside").rmdir()
            (gone / "inside").symlink_to(kept)
        return True

    with pytest.raises(OSError, match="inside"):
        delete_tree(gone, allowed)
    assert len(list(kept.rglob("*.jpg"))) == 40


def test_nothing_is_deleted_without_permission(tmp_path: Path) -> None:
    photos = filled(tmp_path / "photos")
    with pytest.raises(NoLongerAllowed):
        delete_tree(photos, lambda: False)

    assert len(list(photos.rglob("*.jpg"))) == 40
