"""A phone cannot show its screen, so a real console sees its camera instead."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from rescue_console.desktop.workspace.screen.viewing import ViewState
from tests.stage.customers.screen_customer import Customer, customer
from tests.stage.programs import starts_programs
from tests.stage.stories.screen_story import Story

PHONE = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Mobile Safari/537.36"
)
WIDTH, HEIGHT = 412, 915


def become_a_phone(page: Page) -> None:
    """Make the page find what it would find on a phone."""
    tools = page.context.new_cdp_session(page)
    size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 2, "mobile": True}
    tools.send("Emulation.setDeviceMetricsOverride", size)
    tools.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    tools.send("Emulation.setUserAgentOverride", {"userAgent": PHONE, "platform": "Android"})
    # Browsers on phones lack this function; the test's browser has it.
    page.add_init_script("delete MediaDevices.prototype.getDisplayMedia")


@pytest.fixture(scope="module")
@starts_programs
def browser() -> Iterator[Customer]:
    """Run a phone with a camera that sees a moving picture, and a person who allows its use."""
    camera = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    with customer(1280, 1024, *camera) as opened:
        opened.do(become_a_phone)
        yield opened


def test_the_camera_is_offered_instead_and_its_picture_arrives(story: Story) -> None:
    story.until(lambda: story.technician.pane.ui.askButton.isEnabled())
    story.technician.pane.ui.askButton.click()
    story.until_state(ViewState.ASKED)
    story.act(lambda page: page.locator("#consent-allow:enabled").wait_for())
    explained = story.act(lambda page: page.locator("#consent-text").text_content())
    assert "point the camera" in (explained or "")
    story.click("#consent-allow")
    story.until_state(ViewState.SHOWN)
    area = story.technician.pane.ui.area
    story.until(lambda: area.picture is not None)
    # The camera's picture moves, so what is painted changes without anybody doing anything.
    first = area.grab().toImage()
    story.until(lambda: area.grab().toImage() != first)


def test_stopping_releases_the_camera(story: Story) -> None:
    story.act(
        lambda page: page.add_init_script(
            """
            const real = MediaDevices.prototype.getUserMedia;
            MediaDevices.prototype.getUserMedia = async function (wanted) {
                const stream = await real.call(this, wanted);
                window.camera = stream.getVideoTracks()[0];
                return stream;
            };
            """
        )
    )
    story.act(lambda page: page.reload())
    story.see()
    assert story.act(lambda page: page.evaluate("window.camera.readyState")) == "live"
    story.click("#screen-stop")
    assert story.act(lambda page: page.evaluate("window.camera.readyState")) == "ended"
    story.until(lambda: story.technician.pane.ui.area.picture is None)


def test_the_page_fits_the_phone_while_it_shows(story: Story) -> None:
    story.see()
    shown = story.act(
        lambda page: page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
    )
    assert shown == [WIDTH, WIDTH]
    # Another camera can be chosen; another screen cannot.
    assert story.act(lambda page: page.locator("#screen-stop").is_visible())
