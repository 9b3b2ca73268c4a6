"""Viewing a customer's screen: a real browser shows it, and the real section paints it."""

import itertools
import re
from pathlib import Path
from typing import Any

import av
from playwright.sync_api import Page
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from rescue_console.desktop.workspace.screen.viewing import ViewState
from tests.stage.customers.screen_customer import WAIT_S
from tests.stage.servers.rescue_server import RealServer
from tests.stage.stories.screen_story import Story

WIDTH, HEIGHT = 1280, 1024
PLACE = (1100 / WIDTH, 250 / HEIGHT)
WINDOW = (950, 100, 300, 300)
KEEP_CONNECTIONS = """
const Made = RTCPeerConnection;
window.made = [];
window.RTCPeerConnection = class extends Made {
  constructor(...words) { super(...words); window.made.push(this); }
};
"""
PLAY = """async ([data, place]) => {
  const video = document.createElement("video");
  video.muted = true;
  video.src = URL.createObjectURL(new Blob([Uint8Array.from(data)], { type: "video/webm" }));
  await new Promise((done, failed) => { video.onloadedmetadata = done; video.onerror = failed; });
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  const drawing = canvas.getContext("2d", { willReadFrequently: true });
  const at = [place[0] * canvas.width, place[1] * canvas.height];
  const colours = [];
  for (let part = 0; part < 40; part += 1) {
    const sought = new Promise((done) => { video.onseeked = done; });
    video.currentTime = part / 40 * video.duration;
    await sought;
    drawing.drawImage(video, 0, 0);
    colours.push([...drawing.getImageData(...at, 1, 1).data.slice(0, 3)]);
  }
  return [video.duration, video.videoWidth, video.videoHeight, colours];
}"""
UNTIL_IT_SEES_ROOM = """async () => {
  const room = async () => [...(await window.made.at(-1).getStats()).values()]
    .some(({ availableOutgoingBitrate }) => availableOutgoingBitrate > 1.5e6);
  while (!await room()) await new Promise(requestAnimationFrame);
}"""
_FRAMES = re.compile(r"Frames per second: ([\d.]+) received, ([\d.]+) shown")
BLUE, RED = (0x30, 0x60, 0xC0), (0xC0, 0x30, 0x30)


def test_the_colours_on_the_customers_screen_are_painted(story: Story) -> None:
    story.see()
    with story.customer.window(*WINDOW) as show:
        show("3060c0")
        story.until_colour(PLACE, BLUE)
        show("c03030")
        story.until_colour(PLACE, RED)


def test_the_browser_learns_what_the_route_can_carry_even_from_a_still_screen(story: Story) -> None:
    story.act(lambda page: page.add_init_script(KEEP_CONNECTIONS))
    story.act(lambda page: page.reload())
    story.see()
    # Told only how much arrives, it would never expect room for more than a still screen sends.
    story.act(lambda page: page.evaluate(UNTIL_IT_SEES_ROOM))


def test_both_sides_show_the_same_security_code(story: Story) -> None:
    story.see()
    story.act(lambda page: page.locator("#screen-digits").wait_for())
    code = story.act(lambda page: page.locator("#screen-digits").text_content())
    label = story.technician.pane.ui.codeLabel
    story.until(lambda: label.text().replace("\N{NO-BREAK SPACE}", " ") == f"Security code: {code}")


def test_a_paused_picture_stays_and_a_resumed_one_goes_on(story: Story) -> None:
    story.see()
    with story.customer.window(*WINDOW) as show:
        show("3060c0")
        story.until_colour(PLACE, BLUE)
        story.click("#screen-pause")
        story.until_state(ViewState.PAUSED)
        show("c03030")
        assert "paused" in story.technician.pane.ui.stateLabel.text()
        story.click("#screen-pause")
        story.until_state(ViewState.SHOWN)
        story.until_colour(PLACE, RED)


def test_stopping_on_the_page_ends_the_picture_and_the_consent(story: Story) -> None:
    story.see()
    story.click("#screen-stop")
    story.until(lambda: story.technician.pane.ui.area.picture is None)
    story.until(lambda: story.technician.pane.ui.askButton.isVisible())


def test_the_technician_can_stop_and_ask_again(story: Story) -> None:
    story.see()
    story.technician.pane.ui.stopButton.click()
    story.until_state(ViewState.NOT_ASKED)
    story.act(lambda page: page.locator("#screen").wait_for(state="hidden"))
    story.see()


def test_another_screen_is_shown_without_a_new_connection(story: Story) -> None:
    story.see()
    answered: list[None] = []
    story.technician.pane.viewing.connected.connect(lambda: answered.append(None))
    story.click("#screen-other")
    with story.customer.window(*WINDOW) as show:
        show("c03030")
        story.until_colour(PLACE, RED)
    assert not answered


def test_after_a_reload_the_customer_chooses_again(story: Story) -> None:
    story.see()
    story.act(lambda page: page.reload())
    story.until_state(ViewState.CHOOSING)
    assert "choose" in story.technician.pane.ui.stateLabel.text()
    story.click("#screen-again")
    story.until_state(ViewState.SHOWN)


def test_a_console_that_comes_back_gets_the_picture_by_itself(story: Story) -> None:
    story.see()
    story.begin_again()
    assert story.state is not ViewState.SHOWN
    story.until_state(ViewState.SHOWN)


def test_the_picture_survives_a_restart_of_the_server(story: Story, server: RealServer) -> None:
    story.see()
    server.stop()
    server.start()
    with story.customer.window(*WINDOW) as show:
        show("c03030")
        story.until_colour(PLACE, RED)
    story.act(lambda page: page.locator("#lost").wait_for(state="hidden"))
    story.click("#screen-pause")
    story.until_state(ViewState.PAUSED)
    story.click("#screen-pause")
    story.until_state(ViewState.SHOWN)


def test_a_recording_is_announced_and_can_be_played(story: Story, tmp_path: Path) -> None:
    story.see()
    path = tmp_path / "screen.webm"
    control = story.technician.pane.recording
    finished: list[Path] = []
    control.finished.connect(finished.append)
    control.start(path)
    story.until(lambda: control.path == path)
    story.act(lambda page: page.locator("#screen-recording").wait_for())
    with story.customer.window(*WINDOW) as show:
        show("3060c0")
        story.until_colour(PLACE, BLUE)
        show("c03030")
        story.until_colour(PLACE, RED)
    control.stop()
    story.until(lambda: finished == [path])
    story.act(lambda page: page.locator("#screen-recording").wait_for(state="hidden"))
    colours = _colours(path)
    assert _near(colours, BLUE)
    assert _near(colours, RED)
    seconds, *size, played = story.act(lambda page: _play(page, path))
    assert 0 < seconds < WAIT_S
    assert size == [WIDTH, HEIGHT]
    # The place on the screen is blue first, then red.
    blue = next(number for number in range(len(played)) if _near(played[number:][:1], BLUE))
    assert _near(played[blue:], RED)


def test_a_still_picture_has_the_customers_size(story: Story) -> None:
    story.see()
    QGuiApplication.clipboard().clear()
    story.technician.pane.ui.copyButton.click()
    story.until(lambda: not QGuiApplication.clipboard().image().isNull())
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (WIDTH, HEIGHT)


def test_a_still_picture_is_saved_as_it_was_at_the_click(story: Story, tmp_path: Path) -> None:
    story.see()
    pane, path = story.technician.pane, tmp_path / "still.png"
    with story.customer.window(*WINDOW) as show:
        show("3060c0")
        story.until_colour(PLACE, BLUE)
        pane.ui.saveButton.click()
        story.until(lambda: bool(pane.findChildren(QFileDialog)))
        show("c03030")
        story.until_colour(PLACE, RED)
    [dialog] = pane.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    story.until(lambda: str(path) in pane.ui.stateLabel.text())
    saved = QImage(str(path))
    assert (saved.width(), saved.height()) == (WIDTH, HEIGHT)
    assert saved.pixelColor(1100, 250).blue() > 150


def test_the_statistics_give_size_route_and_actual_frames(story: Story) -> None:
    story.see()
    story.technician.pane.ui.statisticsButton.click()
    label = story.technician.pane.ui.statisticsLabel
    assert label.text() == "Measuring…"
    colours = itertools.cycle(("3060c0", "c03030"))
    with story.customer.window(*WINDOW) as show:

        def frames_come() -> bool:
            show(next(colours))
            figures = _FRAMES.search(label.text())
            return figures is not None and float(figures[1]) > 0 and float(figures[2]) > 0

        story.until(frames_come)
    text = label.text()
    assert f"{WIDTH} × {HEIGHT}" in text
    assert "direct" in text
    assert "Packets lost: 0.0 %" in text
    trip = re.search(r"Round trip: (\d+) ms", text)
    assert trip is not None
    assert int(trip[1]) < 1000


def _play(page: Page, path: Path) -> list[Any]:
    """Return what a player shows: duration in seconds, width, height, and colours at 40 times."""
    player = page.context.new_page()
    try:
        played: list[Any] = player.evaluate(PLAY, [list(path.read_bytes()), PLACE])
        return played
    finally:
        player.close()


def _colours(path: Path) -> list[tuple[int, int, int]]:
    with av.open(str(path)) as file:
        found = []
        for frame in file.decode(video=0):
            plane = frame.reformat(format="rgb24").planes[0]
            data = bytes(plane)
            at = int(PLACE[1] * frame.height) * plane.line_size + int(PLACE[0] * frame.width) * 3
            found.append((data[at], data[at + 1], data[at + 2]))
        return found


def _near(colours: list[tuple[int, int, int]], wanted: tuple[int, int, int]) -> bool:
    return any(
        all(abs(a - b) < 24 for a, b in zip(colour, wanted, strict=True)) for colour in colours
    )
