"""Files between console and page without the applet, with a real browser and a real server."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from rescue_console.peer.files.transfer import TransferState
from rescue_console.protocol.file_problems import FileProblem
from rescue_console.protocol.page_files import FILE_MAX
from tests.stage.stories.files_story import FilesStory

SIZE = 3_000_000


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return made(tmp_path / "photo.jpg")


def made(path: Path, size: int = SIZE) -> Path:
    path.write_bytes(os.urandom(size))
    return path


def large(path: Path) -> Path:
    """Return a file that is one byte too large but takes no space on disk."""
    with path.open("wb") as file:
        file.truncate(FILE_MAX + 1)
    return path


def failed(story: FilesStory, problem: FileProblem) -> bool:
    return [transfer.problem for transfer in story.technician.transfers] == [problem]


def named(story: FilesStory, name: str) -> None:
    """Have the customer send a file whose name no browser would give it."""

    def act(page: Page) -> None:
        page.evaluate(
            """name => {
              const chosen = new DataTransfer();
              chosen.items.add(new File(["harmless"], name));
              const input = document.getElementById("files-input");
              input.files = chosen.files;
              input.dispatchEvent(new Event("change"));
            }""",
            name,
        )

    story.act(act)


def test_the_customer_sends_a_file(story: FilesStory, photo: Path, downloads: Path) -> None:
    story.allow_files()
    story.choose(photo)
    story.answer("Receive")
    story.row("photo.jpg", "sent")
    story.until(lambda: story.technician.ended(1))
    [transfer] = story.technician.transfers
    assert transfer.path is not None
    assert transfer.path.parent == downloads
    assert transfer.path.read_bytes() == photo.read_bytes()


def test_the_page_says_that_a_file_is_on_its_way(story: FilesStory, photo: Path) -> None:
    said: list[str | bytes] = []
    story.act(
        lambda page: page.on(
            "websocket", lambda socket: socket.on("framesent", lambda frame: said.append(frame))
        )
    )
    story.act(lambda page: page.reload())
    story.allow_files()
    story.technician.send(photo)
    story.row("photo.jpg", "asked")
    assert not any("showing" in str(text) for text in said)
    story.press("photo.jpg", "accept")
    story.row("photo.jpg", "received")
    assert any("showing" in str(text) for text in said)


def test_the_technician_sends_a_file(story: FilesStory, photo: Path) -> None:
    story.allow_files()
    story.technician.send(photo)
    story.row("photo.jpg", "asked")
    story.press("photo.jpg", "accept")
    story.row("photo.jpg", "received")
    assert story.save("photo.jpg") == ("photo.jpg", photo.read_bytes())
    story.until(lambda: story.technician.states == [TransferState.DONE])


def test_a_file_is_chosen_with_the_keyboard(story: FilesStory, photo: Path) -> None:
    def act(page: Page) -> None:
        with page.expect_file_chooser() as opening:
            page.get_by_role("button", name="Send a file…").press("Enter")
        opening.value.set_files(photo)

    story.allow_files()
    story.act(act)
    story.row("photo.jpg", "waiting")


def test_a_file_is_dropped_onto_the_card(story: FilesStory) -> None:
    def drop(selector: str) -> None:
        story.act(
            lambda page: page.locator(selector).evaluate(
                """(element) => {
                  const dataTransfer = new DataTransfer();
                  dataTransfer.items.add(new File(["text"], "note.txt"));
                  const how = { dataTransfer, bubbles: true, cancelable: true };
                  element.dispatchEvent(new DragEvent("dragover", how));
                  element.dispatchEvent(new DragEvent("drop", how));
                }"""
            )
        )

    story.allow_files()
    drop("#chat")  # beside the card: nothing is sent, and the browser stays on the page
    drop("#files-drop")
    story.row("note.txt", "waiting")
    story.act(lambda page: expect(page.locator("#files-list li")).to_have_count(1))


def test_an_empty_file_arrives_both_ways(story: FilesStory, tmp_path: Path) -> None:
    story.allow_files()
    story.technician.send(made(tmp_path / "out.txt", 0))
    story.row("out.txt", "asked")
    story.press("out.txt", "accept")
    story.row("out.txt", "received")
    assert story.save("out.txt") == ("out.txt", b"")
    story.choose(made(tmp_path / "in.txt", 0))
    story.answer("Receive")
    story.row("in.txt", "sent")
    story.until(lambda: story.technician.states == [TransferState.DONE] * 2)


def test_both_sides_show_the_same_security_code(story: FilesStory) -> None:
    story.allow_files()
    shown = story.act(lambda page: page.locator("#files-digits:visible").text_content())
    label = story.technician.files.ui.codeLabel
    story.until(
        lambda: label.text().replace("\N{NO-BREAK SPACE}", " ") == f"Security code: {shown}"
    )


def test_two_files_at_a_time_go_each_way(story: FilesStory, tmp_path: Path) -> None:
    story.allow_files()
    going = [made(tmp_path / name) for name in ("a.bin", "b.bin")]
    coming = [made(tmp_path / name) for name in ("c.bin", "d.bin")]
    story.choose(*coming)
    story.answer("Receive")
    story.answer("Receive")
    story.technician.send(*going)
    for path in going:
        story.row(path.name, "asked")
        story.press(path.name, "accept")
    for path in going:
        story.row(path.name, "received")
        assert story.save(path.name) == (path.name, path.read_bytes())
    story.until(lambda: story.technician.ended(4))
    arrived = [transfer.path for transfer in story.technician.transfers if transfer.incoming]
    assert {path.read_bytes() for path in arrived if path} == {path.read_bytes() for path in coming}


def test_the_technician_declines(story: FilesStory, photo: Path, downloads: Path) -> None:
    story.allow_files()
    before = set(downloads.glob("*"))
    story.choose(photo)
    story.answer("Refuse")
    story.row("photo.jpg", "failed")
    story.until(lambda: failed(story, FileProblem.REFUSED))
    assert set(downloads.glob("*")) == before


def test_the_customer_declines(story: FilesStory, photo: Path) -> None:
    story.allow_files()
    story.technician.send(photo)
    story.row("photo.jpg", "asked")
    story.press("photo.jpg", "decline")
    story.row("photo.jpg", "failed")
    story.until(lambda: failed(story, FileProblem.REFUSED))


def test_each_side_cancels_what_it_receives(
    story: FilesStory, tmp_path: Path, downloads: Path
) -> None:
    story.allow_files()
    before = set(downloads.glob("*"))
    story.send_under_way(made(tmp_path / "out.bin"))
    story.press("out.bin", "cancel")
    story.until(lambda: failed(story, FileProblem.CANCELLED))
    story.technician.files.model.clear_over()
    story.choose_under_way(made(tmp_path / "in.bin"))
    story.technician.files.ui.transfers.selectAll()
    story.technician.files.ui.cancelButton.click()
    story.row("in.bin", "failed")
    story.until(lambda: failed(story, FileProblem.CANCELLED))
    assert set(downloads.glob("*")) == before


def test_each_side_cancels_what_it_sends(
    story: FilesStory, tmp_path: Path, downloads: Path
) -> None:
    story.allow_files()
    before = set(downloads.glob("*"))
    story.send_under_way(made(tmp_path / "out.bin"))
    story.technician.files.ui.transfers.selectAll()
    story.technician.files.ui.cancelButton.click()
    story.row("out.bin", "failed")
    story.until(lambda: failed(story, FileProblem.CANCELLED))
    story.technician.files.model.clear_over()
    story.choose_under_way(made(tmp_path / "in.bin"))
    story.press("in.bin", "cancel")
    story.until(lambda: failed(story, FileProblem.CANCELLED))
    assert set(downloads.glob("*")) == before


def test_a_file_too_large_is_not_sent_and_either_side_says_so(
    story: FilesStory, tmp_path: Path
) -> None:
    story.allow_files()
    path = large(tmp_path / "film.mkv")
    story.choose(path)
    problem = story.act(lambda page: page.locator("#files-problem:visible").text_content())
    assert problem is not None
    assert problem.startswith("“film.mkv” is larger than 100 MB")
    story.technician.send(path)
    message = story.technician.files.ui.message
    story.until(lambda: "only single files of up to" in message.text())
    assert story.technician.transfers == []


def test_folders_need_the_applet(story: FilesStory, tmp_path: Path) -> None:
    story.allow_files()
    (tmp_path / "album").mkdir()
    made(tmp_path / "album" / "sea.jpg", 10)
    story.technician.send(tmp_path / "album", made(tmp_path / "note.txt", 10))
    story.row("note.txt", "asked")
    assert [transfer.name for transfer in story.technician.transfers] == ["note.txt"]
    button = story.technician.files.ui.sendFolderButton
    assert not button.isEnabled()
    assert "applet" in button.toolTip()


@pytest.mark.parametrize(
    "name", ["../../evil.sh", "..\\..\\evil.sh", "/etc/evil.sh", "C:\\evil.sh", "a/b/evil.sh"]
)
def test_the_name_of_a_customers_file_cannot_leave_the_folder(
    story: FilesStory, downloads: Path, name: str
) -> None:
    (downloads / "evil.sh").unlink(missing_ok=True)
    story.allow_files()
    # The console must not rely on the page's own check.
    story.act(
        lambda page: page.evaluate(
            """name => {
              const send = RTCDataChannel.prototype.send;
              RTCDataChannel.prototype.send = function (data) {
                if (typeof data === "string" && data.includes('"offer"')) {
                  data = JSON.stringify({ ...JSON.parse(data), name, wanted: 2 });
                }
                send.call(this, data);
              };
            }""",
            name,
        )
    )
    named(story, "plain.txt")
    story.answer("Receive")
    story.until(lambda: story.technician.ended(1))
    [transfer] = story.technician.transfers
    assert transfer.path is not None
    assert transfer.path == downloads / "evil.sh"


def test_invisible_characters_in_a_file_name_from_the_technician_are_replaced(
    story: FilesStory, tmp_path: Path
) -> None:
    story.allow_files()
    story.technician.send(made(tmp_path / "invoice\u202efdp.exe", 10))
    story.row("invoice_fdp.exe", "asked")
    story.press("invoice_fdp.exe", "accept")
    story.row("invoice_fdp.exe", "received")
    assert story.save("invoice_fdp.exe")[0] == "invoice_fdp.exe"


def test_a_page_without_the_power_shows_no_card(story: FilesStory) -> None:
    story.act(lambda page: expect(page.locator("#files")).to_be_hidden())
    assert not story.technician.link.is_open
    assert not story.technician.files.ui.sendButton.isEnabled()
