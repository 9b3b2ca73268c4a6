"""Files in the applet: only while granted, into the Downloads folder, with nothing left behind."""

from pathlib import Path

import pytest

from rescue_console.applet.duties.downloads import downloads_folder
from rescue_console.peer.files.sources import find_sources
from rescue_console.protocol.channel import (
    Done,
    FileWanted,
    FolderAction,
    FolderChange,
    FolderListed,
    FolderWanted,
    SystemInformation,
    SystemInformationWanted,
)
from rescue_console.protocol.file_problems import FileProblem
from rescue_console.protocol.powers import Power
from tests.stage.applets.relayed_duties import helped
from tests.stage.files import files_in, make_file
from tests.stage.servers.rescue_server import RealServer


async def test_the_technicians_file_lands_in_downloads(server: RealServer, tmp_path: Path) -> None:
    content = make_file(tmp_path / "from" / "fix.zip", 3_000_000)
    async with helped(server, tmp_path, Power.FILES) as ends:
        [sent] = ends.console.exchange.offer(find_sources([tmp_path / "from" / "fix.zip"]))
        await ends.console.until(lambda: sent.over)
        assert sent.problem == ""
    assert files_in(ends.downloads) == {"fix.zip": content}


async def test_the_customers_file_reaches_the_console(server: RealServer, tmp_path: Path) -> None:
    content = make_file(tmp_path / "from" / "error.log", 100_000)
    async with helped(server, tmp_path, Power.FILES) as ends:
        [sent] = await ends.files.send([tmp_path / "from" / "error.log"])
        await ends.console.until(lambda: (tmp_path / "console" / "error.log").exists())
        await ends.console.until(lambda: not ends.console.exchange.running)
    assert files_in(tmp_path / "console") == {"error.log": content}
    assert sent.name == "error.log"


async def test_taking_consent_back_ends_a_file_and_leaves_nothing(
    server: RealServer, tmp_path: Path
) -> None:
    make_file(tmp_path / "from" / "large.bin", 60_000_000)
    async with helped(server, tmp_path, Power.FILES) as ends:
        [sent] = ends.console.exchange.offer(find_sources([tmp_path / "from" / "large.bin"]))
        await ends.console.until(lambda: sent.done > 0)
        ends.grants.take_back([Power.FILES])
        await ends.console.until(lambda: sent.over)
        assert sent.problem == FileProblem.NOT_ALLOWED
        assert await ends.files.send([tmp_path / "from" / "large.bin"]) == []
    assert files_in(ends.downloads) == {}


async def test_an_unfinished_file_is_not_left_behind(server: RealServer, tmp_path: Path) -> None:
    make_file(tmp_path / "from" / "large.bin", 60_000_000)
    async with helped(server, tmp_path, Power.FILES) as ends:
        [sent] = ends.console.exchange.offer(find_sources([tmp_path / "from" / "large.bin"]))
        await ends.console.until(lambda: sent.done > 0)
    assert files_in(ends.downloads) == {}


async def test_the_file_manager_lists_makes_renames_deletes_and_fetches(
    server: RealServer, tmp_path: Path
) -> None:
    content = make_file(tmp_path / "home" / "a.txt", 10)
    home = tmp_path / "home"
    async with helped(server, tmp_path, Power.FILE_MANAGER) as ends:
        ask = ends.console.ask
        begin = await ask(FolderWanted(id=2), FolderListed)
        assert [entry.folder for entry in begin.entries] == [True] * len(begin.entries)
        listed = await ask(FolderWanted(id=4, path=str(home)), FolderListed)
        assert [(e.name, e.folder, e.size) for e in listed.entries] == [("a.txt", False, 10)]
        assert listed.parent == str(tmp_path)
        made = FolderChange(id=6, action=FolderAction.MAKE, path=str(home / "new"))
        assert (await ask(made, Done)).problem == ""
        named = FolderChange(id=8, action=FolderAction.RENAME, path=str(home / "a.txt"), to="b.txt")
        assert (await ask(named, Done)).problem == ""
        assert (await ask(FileWanted(id=10, path=str(home)), Done)).problem == ""
        there = tmp_path / "console" / "home" / "b.txt"
        await ends.console.until(there.exists)
        await ends.console.until(lambda: not ends.console.exchange.running)
        gone = FolderChange(id=12, action=FolderAction.DELETE, path=str(home))
        assert (await ask(gone, Done)).problem == ""
    assert there.read_bytes() == content
    assert not home.exists()


async def test_the_file_manager_says_why_not(server: RealServer, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    async with helped(server, tmp_path, Power.FILE_MANAGER) as ends:
        refused = [
            FolderChange(id=2, action=FolderAction.DELETE, path="/"),
            FolderChange(id=4, action=FolderAction.DELETE, path=str(Path.home())),
            FolderChange(id=6, action=FolderAction.DELETE, path=f"{tmp_path}/a/../b"),
            FolderChange(id=8, action=FolderAction.RENAME, path=str(tmp_path / "a"), to="b"),
            FolderChange(id=10, action=FolderAction.RENAME, path=str(tmp_path / "a"), to="../c"),
            FolderChange(id=12, action=FolderAction.MAKE, path=str(tmp_path / "a")),
            FolderChange(id=14, action=FolderAction.MAKE, path="relative"),
            FileWanted(id=16, path="\0"),
        ]
        for wish in refused:
            assert (await ends.console.ask(wish, Done)).problem, wish
        listed = await ends.console.ask(
            FolderWanted(id=18, path=str(tmp_path / "not there")), FolderListed
        )
        assert listed.problem
    assert (tmp_path / "a").is_dir()
    assert (tmp_path / "b").is_dir()


async def test_a_link_in_a_deleted_folder_keeps_what_it_leads_to(
    server: RealServer, tmp_path: Path
) -> None:
    content = make_file(tmp_path / "kept" / "a.txt", 10)
    (tmp_path / "doomed").mkdir()
    (tmp_path / "doomed" / "link").symlink_to(tmp_path / "kept")
    async with helped(server, tmp_path, Power.FILE_MANAGER) as ends:
        wish = FolderChange(id=2, action=FolderAction.DELETE, path=str(tmp_path / "doomed"))
        assert (await ends.console.ask(wish, Done)).problem == ""
    assert files_in(tmp_path / "kept") == {"a.txt": content}


async def test_system_information_is_sent_but_nothing_that_is_not_granted(
    server: RealServer, tmp_path: Path
) -> None:
    async with helped(server, tmp_path, Power.SYSTEM_INFORMATION) as ends:
        ends.console.relay.post(FolderWanted(id=2, path="/"))
        ends.console.relay.post(
            FolderChange(id=4, action=FolderAction.MAKE, path=str(tmp_path / "made"))
        )
        answer = await ends.console.ask(SystemInformationWanted(id=6), SystemInformation)
        assert {"System", "Memory", "Disks", "Processes"} <= {f.section for f in answer.facts}
        assert not any(isinstance(m, FolderListed | Done) for m in ends.console.heard)
    assert not (tmp_path / "made").exists()


def test_the_downloads_folder_is_the_one_in_the_desktops_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert downloads_folder() == Path.home() / "Downloads"
    (tmp_path / "user-dirs.dirs").write_text('XDG_DOWNLOAD_DIR="$HOME/Téléchargements"\n', "utf-8")
    assert downloads_folder() == Path.home() / "Téléchargements"
    (tmp_path / "user-dirs.dirs").write_text('XDG_DOWNLOAD_DIR="$HOME/"\n', "utf-8")
    assert downloads_folder() == Path.home() / "Downloads"
