"""Delivery into a folder."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rescue_console.server.mail.folder_transport import FolderTransport
from rescue_console.server.mail.transport import TemporaryFailure
from tests.stage.rules.mail_samples import make_message


@pytest.fixture
def full_disk() -> Iterator[None]:
    """Let no file of this process grow beyond 100 bytes, so that the system refuses to write."""
    if sys.platform == "win32":
        pytest.skip("limits on the size of files exist only on Unix")
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_a_message_becomes_a_file_in_a_folder_made_for_it(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "mails"
    await FolderTransport(folder).deliver(make_message())
    assert files_in(folder) == ["0a1b.eml"]
    assert (folder / "0a1b.eml").read_bytes() == make_message().content


async def test_each_message_gets_its_own_file(tmp_path: Path) -> None:
    transport = FolderTransport(tmp_path)
    await transport.deliver(make_message(message_id="<1@help.example>"))
    await transport.deliver(make_message(message_id="<../2@help.example>"))
    assert files_in(tmp_path) == ["1.eml", "___2.eml"]


async def test_a_message_delivered_again_replaces_its_earlier_copy(tmp_path: Path) -> None:
    transport = FolderTransport(tmp_path)
    await transport.deliver(make_message())
    await transport.deliver(make_message())
    assert files_in(tmp_path) == ["0a1b.eml"]


async def test_a_folder_that_cannot_be_written_is_a_temporary_failure(tmp_path: Path) -> None:
    (tmp_path / "mails").write_text("in the way")
    with pytest.raises(TemporaryFailure, match="mail folder"):
        await FolderTransport(tmp_path / "mails").deliver(make_message())


async def test_a_full_disk_is_a_temporary_failure_and_leaves_no_half_file(
    tmp_path: Path, full_disk: None
) -> None:
    with pytest.raises(TemporaryFailure, match="mail folder"):
        await FolderTransport(tmp_path).deliver(make_message())
    assert files_in(tmp_path) == []
