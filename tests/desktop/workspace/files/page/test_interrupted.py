"""Files without the applet, interrupted by consent, a reload, the network or the applet."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from rescue_console.desktop.media import page_files_connection
from rescue_console.desktop.media.base import Failure, Hindrance, Step
from rescue_console.peer.files.transfer import TransferState
from rescue_console.protocol.channel import FileChunk
from rescue_console.protocol.file_problems import FileProblem
from rescue_console.protocol.powers import Consent, Power
from tests.stage.customers.beside import carried, cookies_of
from tests.stage.customers.coming_applet import coming_applet
from tests.stage.servers.rescue_server import RealServer
from tests.stage.stories.files_story import FilesStory

SIZE = 4_000_000


@pytest.fixture
def going(tmp_path: Path) -> Path:
    """Return what the technician sends."""
    path = tmp_path / "out.bin"
    path.write_bytes(os.urandom(SIZE))
    return path


@pytest.fixture
def coming(tmp_path: Path, downloads: Path) -> Path:
    """Return what the customer sends."""
    (downloads / "in.bin").unlink(missing_ok=True)
    path = tmp_path / "in.bin"
    path.write_bytes(os.urandom(SIZE))
    return path


def problems(story: FilesStory) -> set[str]:
    return {transfer.problem for transfer in story.technician.transfers}


def cut(story: FilesStory) -> None:
    """End the connection without telling the page's script."""
    story.act(lambda page: page.evaluate("connections.at(-1).close()"))


def test_withdrawing_consent_ends_transfers_on_the_customers_side_first(
    story: FilesStory, going: Path, coming: Path, downloads: Path
) -> None:
    story.allow_files()
    before = set(downloads.glob("*"))
    story.send_under_way(going)
    story.choose(coming)
    story.answer("Receive")
    story.until(lambda: story.under_way(2))
    # Cut off from the server, so that nobody else knows yet, the customer ends the transfers.
    story.act(lambda page: page.context.set_offline(True))
    story.click("#allowed [data-power=files] button")
    story.row("out.bin", "failed")
    story.row("in.bin", "failed")
    story.act(lambda page: page.context.set_offline(False))
    story.until(lambda: story.consent() is Consent.DENIED)
    story.until(lambda: story.technician.ended(2))
    assert set(downloads.glob("*")) == before
    assert not story.technician.link.is_open


@pytest.mark.parametrize("way", ["drop", "hold"])
def test_what_the_technician_ends_stops_on_both_sides(
    story: FilesStory, server: RealServer, going: Path, way: str
) -> None:
    story.allow_files()
    story.send_under_way(going)
    path = f"/sessions/{story.technician.session.id}"
    server.owner.post(f"{path}/powers/files/drop" if way == "drop" else f"{path}/hold")
    story.row("out.bin", "failed")
    story.until(lambda: story.technician.ended(1))
    assert problems(story) == {FileProblem.NOT_ALLOWED}
    assert not story.technician.link.is_open


def test_after_a_lost_connection_both_directions_resume(
    story: FilesStory, going: Path, coming: Path
) -> None:
    story.allow_files()
    story.send_under_way(going)
    story.choose(coming)
    story.answer("Receive")
    story.until(lambda: story.under_way(2))
    cut(story)
    story.until(lambda: not story.technician.link.is_open)
    story.until(lambda: story.technician.states == [TransferState.PAUSED] * 2)
    kept = [transfer.done for transfer in story.technician.transfers]
    assert all(kept)
    story.slow(None)
    story.until_open()
    story.row("out.bin", "received")
    story.row("in.bin", "sent")
    assert story.save("out.bin")[1] == going.read_bytes()
    story.until(lambda: story.technician.ended(2))
    [path] = [transfer.path for transfer in story.technician.transfers if transfer.incoming]
    assert path is not None
    assert path.read_bytes() == coming.read_bytes()


def test_a_page_that_is_reloaded_is_asked_again_and_sends_no_more(
    story: FilesStory, going: Path, coming: Path, downloads: Path
) -> None:
    story.allow_files()
    before = set(downloads.glob("*"))
    story.send_under_way(going)
    story.choose(coming)
    story.answer("Receive")
    story.until(lambda: story.under_way(2))
    story.slow(None)
    story.act(lambda page: page.reload())
    story.until_open()
    story.row("out.bin", "asked")
    story.press("out.bin", "accept")
    story.row("out.bin", "received")
    assert story.save("out.bin")[1] == going.read_bytes()
    story.until(lambda: story.technician.ended(2))
    ended = [transfer.problem for transfer in story.technician.transfers]
    assert ended == ["", FileProblem.CANCELLED]
    assert set(downloads.glob("*")) == before


def test_the_applet_takes_over_later_files(
    story: FilesStory, server: RealServer, going: Path, coming: Path
) -> None:
    story.allow_files()
    story.send_under_way(going)
    story.choose(coming)
    story.answer("Receive")
    story.until(lambda: story.under_way(2))
    cookies = story.act(cookies_of)
    with coming_applet(server.url, carried(server.url, cookies)):
        story.row("out.bin", "failed")
        story.row("in.bin", "failed")
        story.until(lambda: story.technician.ended(2))
        assert problems(story) == {FileProblem.APPLET}
        state = story.act(lambda page: page.locator("#files[data-state=applet]").text_content())
        assert state is not None
        assert "through the applet" in state
        story.act(lambda page: expect(page.locator("#files-drop")).to_be_hidden())
    story.until_open()


@pytest.mark.parametrize(
    "said", ["'nonsense'", "'{}'", "new Uint8Array(3)", "new Uint8Array(60000)", "'x'.repeat(9000)"]
)
def test_a_page_that_sends_nonsense_is_dropped_and_may_come_back(
    story: FilesStory, said: str
) -> None:
    story.allow_files()
    story.act(lambda page: page.evaluate(f"channels.at(-1).send({said})"))
    story.until(lambda: not story.technician.link.is_open)
    story.until_open()


@pytest.mark.parametrize(
    "said",
    [
        "nonsense",
        "null",
        '{"t": "constructor", "id": 2}',
        '{"t": "offer", "id": 2, "name": "x", "size": -1}',
        '{"t": "offer", "id": 1e300, "name": "x", "size": 1}',
        bytes(16),
        bytes(40_000),
    ],
)
def test_a_console_that_sends_nonsense_is_dropped(story: FilesStory, said: str | bytes) -> None:
    story.allow_files()
    files = story.technician.link.negotiation.answerer
    assert files is not None
    assert files._connection is not None
    files._thread.start(files._connection.send(said))
    story.until(lambda: not story.technician.link.is_open)
    story.until_open()
    story.act(lambda page: expect(page.locator("#files-list li")).to_have_count(0))


def test_the_page_refuses_a_part_out_of_sequence(story: FilesStory, going: Path) -> None:
    story.allow_files()
    story.send_under_way(going)
    [transfer] = story.technician.transfers
    story.technician.link.post(FileChunk(id=transfer.id, offset=SIZE - 3, data=b"end"))
    story.row("out.bin", "failed")
    story.until(lambda: story.technician.ended(1))
    assert problems(story) == {FileProblem.MISBEHAVED}


def test_a_restarted_console_finds_the_page(story: FilesStory, going: Path) -> None:
    story.allow_files()
    story.begin_again()
    story.until_open()
    assert story.technician.session.consents[Power.FILES] is Consent.GRANTED
    story.technician.send(going)
    story.row("out.bin", "asked")


NO_WAY = """() => {
    window.RTCPeerConnection = class extends window.RTCPeerConnection {
      constructor(given, ...more) { super({ ...given, iceTransportPolicy: "relay" }, ...more); }
    };
}"""
"""Lets the browser connect only through a TURN server, of which there is none."""


def test_when_there_is_no_route_the_technician_reads_what_to_do(
    story: FilesStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_files_connection, "OPEN_WITHIN_S", 1.0)
    story.act(lambda page: page.evaluate(NO_WAY))
    files = story.technician.files.ui
    story.until(lambda: not files.askButton.isHidden())
    files.askButton.click()
    story.click("#consent-allow:enabled")
    story.until(lambda: "offers no way to reach it" in files.message.text())
    assert story.technician.link.failure == Failure(Step.FINDING, Hindrance.NO_ADDRESSES)
