"""A company's policy lets the browser connect only through a proxy, and there is no proxy."""

from collections.abc import Iterator

import pytest

from rescue_console.desktop.media.base import Hindrance, Step
from tests.journeys.networks.watching import begin, page_says, until_failed
from tests.stage.customers.browser import trusting
from tests.stage.customers.screen_customer import Customer, customer
from tests.stage.networks.place import Place
from tests.stage.programs import starts_programs
from tests.stage.servers.coturn import SECRET, STUN, UDP, Coturn
from tests.stage.stories.screen_story import Story

RULE = "--webrtc-ip-handling-policy=disable_non_proxied_udp"
ONLY_UDP = ("--stun-urls", STUN, "--turn-urls", UDP, "--turn-secret", SECRET)


@pytest.fixture(scope="module")
@starts_programs
def browser(place: Place) -> Iterator[Customer]:
    words = [trusting(place.certificates.server), RULE]
    with customer(1280, 1024, *words, enter=place.customers.enter) as opened:
        yield opened


@pytest.mark.parametrize("server", [ONLY_UDP], indirect=True)
def test_the_technician_is_told_that_the_browser_offers_no_way(story: Story, place: Place) -> None:
    with Coturn(place.internet.middle, place.folder / "unused", place.certificates):
        begin(story)
        text = until_failed(story, Step.FINDING, Hindrance.NO_ADDRESSES)
        assert "The customer’s browser offers no way to reach it" in text
        page_says(story, "No way")
