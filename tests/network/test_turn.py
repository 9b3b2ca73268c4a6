"""No way from the one network to the other: a real TURN server carries the picture."""

from collections.abc import Iterator

import pytest

from tests.desktop.screen.conftest import Story
from tests.network.conftest import Place
from tests.network.coturn import TCP, TLS, UDP, Coturn
from tests.network.internet import block_udp

WIDTH, HEIGHT = 1280, 1024
WINDOW = (950, 100, 300, 300)
SPOT = (1100 / WIDTH, 250 / HEIGHT)
BLUE, RED = (0x30, 0x60, 0xC0), (0xC0, 0x30, 0x30)


@pytest.fixture(scope="module")
def _coturn(place: Place) -> Iterator[Coturn]:
    with Coturn(place.internet.middle, place.folder / "turn", place.certificates) as running:
        yield running


def is_painted(story: Story) -> None:
    """Check that colours on the customer's screen are the technician's, one after the other."""
    with story.customer.window(*WINDOW) as show:
        show("3060c0")
        story.until_colour(SPOT, BLUE)
        show("c03030")
        story.until_colour(SPOT, RED)


def way(story: Story) -> str:
    pane = story.technician.pane
    if not pane.ui.statisticsButton.isChecked():
        pane.ui.statisticsButton.click()
    story.until(lambda: "Way: " in pane.ui.statisticsLabel.text())
    return pane.ui.statisticsLabel.text().rpartition("Way: ")[2]


@pytest.mark.usefixtures("_coturn")
def test_the_picture_comes_through_the_relay(story: Story) -> None:
    story.see()
    is_painted(story)
    assert "through a TURN server" in way(story)
