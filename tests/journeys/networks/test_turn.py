"""A real TURN server relays the picture where one network cannot reach the other."""

from collections.abc import Iterator

import pytest

from rescue_console.desktop.workspace.screen.viewing import ViewState
from tests.journeys.networks.watching import is_painted, way
from tests.stage.networks.internet import block_udp
from tests.stage.networks.place import Place
from tests.stage.servers.coturn import Coturn
from tests.stage.stories.screen_story import Story


@pytest.fixture(scope="module")
def _coturn(place: Place) -> Iterator[None]:
    with Coturn(place.internet.middle, place.folder / "turn", place.certificates):
        yield


@pytest.fixture
def _no_udp_for_the_customer(place: Place) -> Iterator[None]:
    block_udp(place.customers)
    yield
    block_udp(place.customers, on=False)


@pytest.fixture
def _no_udp_for_the_technician(place: Place) -> Iterator[None]:
    block_udp(place.technicians)
    yield
    block_udp(place.technicians, on=False)


@pytest.mark.usefixtures("_coturn")
def test_the_picture_comes_through_the_relay(story: Story) -> None:
    story.see()
    is_painted(story)
    assert "relay" in way(story)


@pytest.mark.usefixtures("_coturn", "_no_udp_for_the_customer")
def test_a_customer_without_udp_reaches_the_relay_over_tcp(story: Story) -> None:
    story.see()
    is_painted(story)
    assert "relay" in way(story)


@pytest.mark.usefixtures("_coturn", "_no_udp_for_the_technician")
def test_a_technician_without_udp_reaches_the_relay_over_tcp(story: Story) -> None:
    story.see()
    is_painted(story)
    assert "relay" in way(story)


@pytest.mark.usefixtures("_coturn", "_no_udp_for_the_customer", "_no_udp_for_the_technician")
def test_two_sides_without_udp_still_connect(story: Story) -> None:
    story.see()
    is_painted(story)
    assert way(story) == ("relay", "relay")


@pytest.mark.usefixtures("_coturn", "direct_way")
def test_a_direct_way_is_preferred_where_there_is_one(story: Story) -> None:
    story.see()
    is_painted(story)
    assert "relay" not in way(story)


@pytest.mark.usefixtures("_coturn")
def test_after_a_cut_network_the_picture_comes_back_by_itself(story: Story, place: Place) -> None:
    story.see()
    is_painted(story)
    place.customers.run("ip link set uplink down")
    try:
        story.until_state(ViewState.TRYING_AGAIN)
    finally:
        place.customers.run("ip link set uplink up")
        place.customers.run("ip route add default via 10.77.1.1")
    is_painted(story)
    assert story.state is ViewState.SHOWN
