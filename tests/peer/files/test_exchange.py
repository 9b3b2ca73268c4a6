"""Files arrive whole and in the right folder, despite losses, cancellations and hostile peers."""

import hashlib
import os
import sys
from pathlib import Path

import pytest

from rescue_console.peer.files import part_file
from rescue_console.peer.files import sender as file_sender
from rescue_console.peer.files.reception import Conflict
from rescue_console.peer.files.send_window import WINDOW_MAX_BYTES
from rescue_console.peer.files.sources import find_sources
from rescue_console.peer.files.transfer import TransferState
from rescue_console.protocol.channel import (
    FileAccepted,
    FileChunk,
    FileEnded,
    FileFinished,
    FileOffered,
    Message,
)
from rescue_console.protocol.file_problems import FileProblem
from rescue_console.protocol.limits import FILES_OFFERED_MAX
from tests.stage.applets.two_sides import Sides
from tests.stage.files import files_in, make_file

SEVERAL_CHUNKS = 700_001
LARGER_THAN_WINDOW = WINDOW_MAX_BYTES * 2 + 12_345


@pytest.mark.parametrize("size", [0, 1, SEVERAL_CHUNKS, LARGER_THAN_WINDOW])
async def test_a_file_arrives_as_it_was(sides: Sides, tmp_path: Path, size: int) -> None:
    content = make_file(tmp_path / "from" / "report.bin", size)
    os.utime(tmp_path / "from" / "report.bin", (1_000_000_000, 1_000_000_000))
    sent = sides.console.send_paths(tmp_path / "from" / "report.bin")
    await sides.console.all_over(*sent)
    assert [transfer.state for transfer in sent] == [TransferState.DONE], sent
    assert files_in(sides.applet.folder) == {"report.bin": content}
    assert (sides.applet.folder / "report.bin").stat().st_mtime == 1_000_000_000


async def test_files_go_both_ways_at_once(sides: Sides, tmp_path: Path) -> None:
    contents = {
        f"{n}.bin": make_file(tmp_path / "from" / f"{n}.bin", SEVERAL_CHUNKS) for n in range(6)
    }
    paths = [tmp_path / "from" / name for name in contents]
    there = sides.console.send_paths(*paths)
    back = sides.applet.send_paths(*paths)
    await sides.console.all_over(*there)
    await sides.applet.all_over(*back)
    assert files_in(sides.applet.folder) == contents
    assert files_in(sides.console.folder) == contents


async def test_a_folder_arrives_with_its_empty_folders(sides: Sides, tmp_path: Path) -> None:
    top = tmp_path / "from" / "album"
    contents = {
        "album/a.txt": make_file(top / "a.txt", 10),
        "album/deep/er/b.txt": make_file(top / "deep" / "er" / "b.txt", 10),
    }
    (top / "empty" / "inside").mkdir(parents=True)
    (top / "out").symlink_to(tmp_path)
    sent = sides.console.send_paths(top)
    await sides.console.all_over(*sent)
    assert files_in(sides.applet.folder) == contents
    assert (sides.applet.folder / "album" / "empty" / "inside").is_dir()
    assert not (sides.applet.folder / "album" / "out").exists()


async def test_after_a_loss_a_transfer_resumes_where_it_was(sides: Sides, tmp_path: Path) -> None:
    content = make_file(tmp_path / "from" / "large.bin", LARGER_THAN_WINDOW)

    def cut_when_half_is_there(message: Message) -> None:
        if isinstance(message, FileChunk) and message.offset > LARGER_THAN_WINDOW // 2:
            sides.cut()

    sides.console.on_message = cut_when_half_is_there
    [sent] = sides.console.send_paths(tmp_path / "from" / "large.bin")
    await sides.applet.until(lambda: sides.console.other is None)
    await sides.lose()
    assert sent.state is TransferState.PAUSED
    assert "large.bin" not in files_in(sides.applet.folder)
    sides.console.on_message = lambda message: None
    sides.console.heard.clear()
    sides.connect()
    await sides.console.all_over(sent)
    accepted = [m for m in sides.console.heard if isinstance(m, FileAccepted)]
    assert accepted[0].offset > 0
    assert files_in(sides.applet.folder) == {"large.bin": content}


async def test_a_lost_last_message_makes_no_second_copy(sides: Sides, tmp_path: Path) -> None:
    content = make_file(tmp_path / "from" / "a.bin", 1_000)

    def cut_before_the_end(message: Message) -> None:
        if isinstance(message, FileFinished):
            sides.applet.other = None
            sides.console.on_message = lambda message: None

    sides.console.on_message = cut_before_the_end
    [sent] = sides.console.send_paths(tmp_path / "from" / "a.bin")
    await sides.applet.until(lambda: files_in(sides.applet.folder) == {"a.bin": content})
    await sides.lose()
    sides.connect()
    await sides.console.all_over(sent)
    assert sent.state is TransferState.DONE, sent.problem
    assert files_in(sides.applet.folder) == {"a.bin": content}


async def test_a_part_left_by_an_earlier_run_is_resumed(sides: Sides, tmp_path: Path) -> None:
    content = make_file(tmp_path / "from" / "large.bin", SEVERAL_CHUNKS)
    sides.applet.other = None
    [sent] = sides.console.send_paths(tmp_path / "from" / "large.bin")
    await sides.applet.until(lambda: any(sides.applet.folder.iterdir()))
    await sides.lose()
    [part] = sides.applet.folder.iterdir()
    part.write_bytes(content[:500_000])
    await sides.applet.exchange.aclose()
    sides.connect()
    await sides.console.all_over(sent)
    accepted = [m for m in sides.console.heard if isinstance(m, FileAccepted)]
    assert accepted[-1].offset == 500_000
    assert files_in(sides.applet.folder) == {"large.bin": content}


async def test_a_damaged_part_is_found_and_deleted(sides: Sides, tmp_path: Path) -> None:
    make_file(tmp_path / "from" / "large.bin", SEVERAL_CHUNKS)
    sides.applet.other = None
    [sent] = sides.console.send_paths(tmp_path / "from" / "large.bin")
    await sides.applet.until(lambda: any(sides.applet.folder.iterdir()))
    await sides.lose()
    [part] = sides.applet.folder.iterdir()
    part.write_bytes(b"x" * 500_000)
    sides.connect()
    await sides.console.all_over(sent)
    assert sent.problem == FileProblem.DAMAGED
    assert files_in(sides.applet.folder) == {}


@pytest.mark.parametrize("who", ["sender", "receiver"])
async def test_either_side_can_cancel_and_nothing_is_left(
    sides: Sides, tmp_path: Path, who: str
) -> None:
    make_file(tmp_path / "from" / "large.bin", LARGER_THAN_WINDOW)
    seen: list[Message] = []

    def cancel(message: Message) -> None:
        if isinstance(message, FileChunk) and message.offset and not seen:
            seen.append(message)
            side = sides.console if who == "sender" else sides.applet
            side.exchange.cancel_all()

    sides.console.on_message = cancel
    [sent] = sides.console.send_paths(tmp_path / "from" / "large.bin")
    await sides.console.all_over(sent)
    assert sent.problem == FileProblem.CANCELLED
    await sides.applet.until(lambda: not sides.applet.exchange.running)
    assert files_in(sides.applet.folder) == {}


@pytest.mark.parametrize(
    ("conflict", "expected"),
    [
        (Conflict.KEEP_BOTH, {"a.txt": b"old", "a (2).txt": b"new"}),
        (Conflict.REPLACE, {"a.txt": b"new"}),
        (Conflict.SKIP, {"a.txt": b"old"}),
    ],
)
async def test_an_existing_file_is_replaced_only_if_a_person_agrees(
    sides: Sides, tmp_path: Path, conflict: Conflict, expected: dict[str, bytes]
) -> None:
    (sides.applet.folder / "a.txt").write_bytes(b"old")
    (tmp_path / "a.txt").write_bytes(b"new")
    sides.applet.reception.conflict = conflict
    sent = sides.console.send_paths(tmp_path / "a.txt")
    await sides.console.all_over(*sent)
    assert sides.applet.reception.asked == [sides.applet.folder / "a.txt"]
    assert files_in(sides.applet.folder) == expected


async def test_a_consent_that_is_taken_back_stops_a_transfer_at_once(
    sides: Sides, tmp_path: Path
) -> None:
    make_file(tmp_path / "from" / "large.bin", LARGER_THAN_WINDOW)
    chunks: list[Message] = []

    def take_back(message: Message) -> None:
        if isinstance(message, FileChunk):
            chunks.append(message)
            sides.applet.allowed = False

    sides.console.on_message = take_back
    [sent] = sides.console.send_paths(tmp_path / "from" / "large.bin")
    await sides.console.all_over(sent)
    assert sent.problem == FileProblem.NOT_ALLOWED
    assert files_in(sides.applet.folder) == {}


async def test_a_file_that_does_not_fit_is_refused_before_it_is_sent(
    sides: Sides, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_bytes(b"new")
    monkeypatch.setattr(part_file, "SPARE_BYTES", 1 << 60)
    [sent] = sides.console.send_paths(tmp_path / "a.txt")
    await sides.console.all_over(sent)
    assert sent.problem == FileProblem.NO_ROOM
    assert files_in(sides.applet.folder) == {}
    assert not any(isinstance(m, FileChunk) for m in sides.applet.heard)


async def test_a_link_in_the_place_of_a_part_is_not_followed(sides: Sides, tmp_path: Path) -> None:
    make_file(tmp_path / "from" / "a.bin", 1_000)
    sides.applet.other = None
    [sent] = sides.console.send_paths(tmp_path / "from" / "a.bin")
    await sides.applet.until(lambda: any(sides.applet.folder.iterdir()))
    await sides.lose()
    [part] = sides.applet.folder.iterdir()
    part.unlink()
    part.symlink_to(tmp_path / "victim")
    sides.connect()
    await sides.console.all_over(sent)
    assert sent.problem == FileProblem.UNWRITABLE
    assert not (tmp_path / "victim").exists()


async def test_a_file_that_cannot_be_read_is_reported(sides: Sides, tmp_path: Path) -> None:
    (tmp_path / "gone.txt").write_bytes(b"1")
    sides.cut()
    [sent] = sides.console.send_paths(tmp_path / "gone.txt")
    await sides.lose()
    (tmp_path / "gone.txt").unlink()
    sides.connect()
    await sides.console.all_over(sent)
    assert sent.problem == FileProblem.UNREADABLE


async def test_a_log_that_grows_while_it_is_sent_arrives_as_it_was_at_the_beginning(
    sides: Sides, tmp_path: Path
) -> None:
    log = tmp_path / "from" / "log.txt"
    make_file(log, LARGER_THAN_WINDOW)
    before = log.read_bytes()

    def grow(message: Message | None = None) -> None:
        with log.open("ab") as file:
            file.write(b"more")

    sides.applet.on_message = grow
    [sent] = sides.console.send_paths(log)
    grow()
    await sides.console.all_over(sent)
    assert sent.problem == ""
    assert log.stat().st_size > len(before)
    assert files_in(sides.applet.folder) == {"log.txt": before}


async def test_a_log_resumes_after_a_loss_although_it_has_grown(
    sides: Sides, tmp_path: Path
) -> None:
    log = tmp_path / "from" / "log.txt"
    make_file(log, LARGER_THAN_WINDOW)
    before = log.read_bytes()
    [sent] = sides.console.send_paths(log)
    await sides.console.until(lambda: sent.done > 0)
    await sides.lose()
    with log.open("ab") as file:
        file.write(b"more")
    sides.connect()
    await sides.console.all_over(sent)
    assert files_in(sides.applet.folder) == {"log.txt": before}


@pytest.mark.parametrize("length", [LARGER_THAN_WINDOW // 2, LARGER_THAN_WINDOW * 2])
async def test_a_file_that_is_written_anew_while_it_is_sent_does_not_arrive(
    sides: Sides, tmp_path: Path, length: int
) -> None:
    make_file(tmp_path / "from" / "log.txt", LARGER_THAN_WINDOW)

    def write_anew(message: Message) -> None:
        if isinstance(message, FileAccepted):
            (tmp_path / "from" / "log.txt").write_bytes(b"x" * length)

    sides.applet.on_message = write_anew
    [sent] = sides.console.send_paths(tmp_path / "from" / "log.txt")
    await sides.console.all_over(sent)
    assert sent.problem == FileProblem.CHANGED
    await sides.applet.until(lambda: not sides.applet.exchange.running)
    assert files_in(sides.applet.folder) == {}


async def test_a_longer_file_in_the_place_of_the_chosen_one_is_not_sent_in_part(
    sides: Sides, tmp_path: Path
) -> None:
    chosen = tmp_path / "from" / "letter.odt"
    make_file(chosen, 100)
    sides.cut()
    [sent] = sides.console.send_paths(chosen)
    make_file(tmp_path / "from" / "saved", 200)
    (tmp_path / "from" / "saved").replace(chosen)
    sides.connect()
    await sides.console.all_over(sent)
    assert sent.problem == FileProblem.CHANGED
    assert files_in(sides.applet.folder) == {}


async def test_names_from_the_other_side_stay_inside_the_folder(
    sides: Sides, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (sides.applet.folder / "link").symlink_to(outside)
    names = ["../../evil", "/etc/evil", "C:\\evil", "link/evil", "a/../../evil", "..", "con"]
    empty = hashlib.sha256().digest()
    for number, name in enumerate(names):
        sides.console.post(FileOffered(id=number * 2, name=name, size=0))
    await sides.applet.until(
        lambda: sum(isinstance(m, FileAccepted) for m in sides.console.heard) == len(names) - 1
    )
    for number in range(len(names)):
        sides.console.post(FileFinished(id=number * 2, sha256=empty))
    await sides.applet.until(lambda: not sides.applet.exchange.running)
    assert list(outside.iterdir()) == []
    everything = files_in(tmp_path)
    assert all(name.startswith("applet/") for name in everything)
    assert len(everything) == len(names) - 1


async def test_thousands_of_offers_are_refused(sides: Sides) -> None:
    sides.applet.allowed = True
    for number in range(5_000):
        sides.console.post(FileOffered(id=number * 2, name=f"{number}", size=1))
    refused = [m for m in sides.console.heard if isinstance(m, FileEnded)]
    assert len(refused) == 5_000 - FILES_OFFERED_MAX
    assert {m.failure for m in refused} == {FileProblem.TOO_MANY}


@pytest.mark.parametrize(
    "chunk",
    [
        FileChunk(id=0, offset=5, data=b"later"),
        FileChunk(id=0, offset=0, data=b"too much for the size"),
        FileChunk(id=0, offset=0, data=b""),
    ],
)
async def test_an_impossible_part_ends_the_transfer(sides: Sides, chunk: FileChunk) -> None:
    sides.console.post(FileOffered(id=0, name="a", size=10))
    await sides.applet.until(lambda: any(isinstance(m, FileAccepted) for m in sides.console.heard))
    sides.console.post(chunk)
    await sides.applet.until(lambda: not sides.applet.exchange.running)
    assert sides.console.heard[-1] == FileEnded.because(0, FileProblem.MISBEHAVED)
    assert files_in(sides.applet.folder) == {}


async def test_a_transfer_cancelled_without_a_channel_leaves_nothing(
    sides: Sides, tmp_path: Path
) -> None:
    make_file(tmp_path / "from" / "a.bin", LARGER_THAN_WINDOW)

    def cut(message: Message) -> None:
        if isinstance(message, FileChunk) and message.offset:
            sides.cut()

    sides.console.on_message = cut
    [sent] = sides.console.send_paths(tmp_path / "from" / "a.bin")
    await sides.applet.until(lambda: sides.console.other is None)
    await sides.lose()
    assert files_in(sides.applet.folder)
    sides.applet.exchange.cancel_all()
    sides.console.exchange.cancel(sent)
    assert files_in(sides.applet.folder) == {}
    assert sent.problem == FileProblem.CANCELLED


async def test_an_offer_that_was_dropped_is_made_again(
    sides: Sides, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_sender, "OFFER_AGAIN_S", 0.01)
    content = make_file(tmp_path / "from" / "a.bin", 10)
    applet, sides.console.other = sides.console.other, None
    [sent] = sides.console.send_paths(tmp_path / "from" / "a.bin")
    await sides.console.until(lambda: sent.state is TransferState.WAITING)
    sides.console.other = applet
    await sides.console.all_over(sent)
    assert files_in(sides.applet.folder) == {"a.bin": content}


async def test_whoever_asked_for_what_cannot_be_sent_learns_why(
    sides: Sides, tmp_path: Path
) -> None:
    if sys.platform == "win32":
        pytest.skip("links and pipes as Unix has them")
    folder = tmp_path / "from"
    make_file(folder / "good.txt", 3)
    make_file(folder / "closed.txt", 3)
    (folder / "link.txt").symlink_to("good.txt")
    (folder / "linked").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    sources = find_sources([folder])
    (folder / "closed.txt").unlink()
    sides.applet.exchange.offer(sources, wanted=4)
    shown = sides.console.shown
    await sides.console.until(lambda: len(shown) == 5 and all(each.over for each in shown.values()))
    assert {each.name: each.problem for each in shown.values()} == {
        "from/good.txt": "",
        "from/closed.txt": FileProblem.UNREADABLE,
        "from/link.txt": FileProblem.NOT_A_FILE,
        "from/linked": FileProblem.NOT_A_FILE,
        "from/pipe": FileProblem.NOT_A_FILE,
    }
    assert list(files_in(sides.console.folder)) == ["from/good.txt"]
