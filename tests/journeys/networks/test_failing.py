"""If no connection comes about, both sides see which step failed and what to do, and can retry."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from rescue_console.desktop.media import incoming
from rescue_console.desktop.media.base import Hindrance, Step
from rescue_console.desktop.media.certificate import make_certificate
from rescue_console.desktop.workspace.screen.viewing import ViewState
from rescue_console.desktop.workspace.section import negotiation
from rescue_console.protocol.requests import SendSignal
from rescue_console.protocol.signals import Signal, SignalKind
from tests.journeys.networks.watching import (
    begin,
    is_painted,
    page_says,
    try_again_on_page,
    until_failed,
)
from tests.stage.networks.place import Place
from tests.stage.servers.coturn import SECRET, Coturn
from tests.stage.servers.rescue_server import RealServer
from tests.stage.stories.screen_story import Story

NO_FRAMES = """(() => {
  let sendsFrames = false;
  window.sendFrames = () => { sendsFrames = true; };
  const add = RTCPeerConnection.prototype.addTransceiver;
  RTCPeerConnection.prototype.addTransceiver = function (track, init) {
    const made = add.call(this, track, init);
    if (!sendsFrames) made.sender.replaceTrack(null);
    return made;
  };
})()"""
NO_CONNECTION = """(() => {
  const Real = RTCPeerConnection;
  window.RTCPeerConnection = class { constructor() { throw new Error("forbidden here"); } };
  window.allowAgain = () => { window.RTCPeerConnection = Real; };
})()"""


@pytest.fixture(autouse=True)
def _give_up_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up sooner than for a real customer: here, a way that exists is found within a second."""
    monkeypatch.setattr(incoming, "FIND_WITHIN_S", 8.0)
    monkeypatch.setattr(incoming, "CONNECT_WITHIN_S", 8.0)
    monkeypatch.setattr(negotiation, "OFFER_WITHIN_MS", 1_500)


@contextmanager
def turn(place: Place, name: str, secret: str = SECRET) -> Iterator[Coturn]:
    with Coturn(place.internet.middle, place.folder / name, place.certificates, secret) as running:
        yield running


@pytest.mark.parametrize("server", [()], indirect=True)
def test_without_turn_the_technician_is_told_to_have_it_set_up(story: Story, place: Place) -> None:
    begin(story)
    text = until_failed(story, Step.FINDING, Hindrance.NO_RELAY)
    assert "no TURN server is set up. Ask IT" in text
    page_says(story, "No way to your technician’s console was found")

    place.internet.middle.forward(on=True)
    try:
        story.technician.pane.ui.retryButton.click()
        story.until_state(ViewState.SHOWN)
        is_painted(story)
    finally:
        place.internet.middle.forward(on=False)


def test_a_turn_server_with_another_secret_is_reported_and_fixing_it_helps(
    story: Story, place: Place
) -> None:
    with turn(place, "another", "another secret") as running:
        begin(story)
        text = until_failed(story, Step.FINDING, Hindrance.RELAY_REFUSED)
        assert "refuses our credentials. Ask IT to compare its secret and clock" in text
        page_says(story, "No way")
        assert running.said("401")
    with turn(place, "mended"):
        try_again_on_page(story)
        story.until_state(ViewState.SHOWN)
        is_painted(story)


def test_a_missing_turn_server_is_reported(story: Story) -> None:
    begin(story)
    text = until_failed(story, Step.FINDING, Hindrance.RELAY_SILENT)
    assert "no TURN server answers. Ask IT to check that it runs" in text
    page_says(story, "No way")


@pytest.mark.parametrize("server", [()], indirect=True)
@pytest.mark.usefixtures("direct_way")
class TestConnected:
    """The two sides can reach each other, but something else is wrong."""

    def test_a_certificate_unexpected_by_the_browser_stops_it(self, story: Story) -> None:
        calls = story.technician.calls
        send = calls.send_signal

        async def altered(session_id: str, request: SendSignal) -> None:
            if request.kind is SignalKind.ANSWER:
                own = (await story.technician.identity.certificate()).fingerprint
                other = make_certificate().fingerprint
                body = request.body.replace(own.hex(":").upper(), other.hex(":").upper())
                assert body != request.body
                request = SendSignal(kind=request.kind, body=body)
            await send(session_id, request)

        calls.send_signal = altered  # type: ignore[method-assign]
        begin(story)
        text = until_failed(story, Step.ENCRYPTING)
        assert "could not agree on keys" in text
        assert "do not go on, and tell IT" in text
        page_says(story, "could not be made safe")

        calls.send_signal = send  # type: ignore[method-assign]
        try_again_on_page(story)
        story.until_state(ViewState.SHOWN)

    def test_a_certificate_unexpected_by_the_console_stops_it(self, story: Story) -> None:
        pane = story.technician.pane
        on_signal = pane.viewing.on_signal

        def altered(signal: Signal) -> None:
            if signal.kind is SignalKind.OFFER:
                before, mark, rest = signal.body.partition("a=fingerprint:sha-256 ")
                other = make_certificate().fingerprint.hex(":").upper()
                assert mark
                signal = Signal(kind=signal.kind, body=before + mark + other + rest[len(other) :])
            on_signal(signal)

        pane.viewing.on_signal = altered  # type: ignore[method-assign]
        begin(story)
        assert "do not go on, and tell IT" in until_failed(story, Step.ENCRYPTING)

        pane.viewing.on_signal = on_signal  # type: ignore[method-assign]
        pane.ui.retryButton.click()
        story.until_state(ViewState.SHOWN)

    def test_a_page_that_sends_no_frames_is_reported(self, story: Story) -> None:
        story.act(lambda page: page.evaluate(NO_FRAMES))
        begin(story)
        text = until_failed(story, Step.FIRST_FRAME)
        assert "no picture came. Ask the customer to choose again" in text
        page_says(story, "sends no picture")

        try_again_on_page(story, "sendFrames")
        story.until_state(ViewState.SHOWN)
        story.act(lambda page: page.locator("#screen-trouble").wait_for(state="hidden"))

    def test_a_page_that_makes_no_offer_is_reported(self, story: Story) -> None:
        story.act(lambda page: page.evaluate(NO_CONNECTION))
        begin(story)
        text = until_failed(story, Step.SIGNALLING)
        assert "The customer’s page does not answer. Ask the customer to keep the page open" in text
        story.act(lambda page: page.get_by_text("not safe or not possible").wait_for())

        try_again_on_page(story, "allowAgain")
        story.until_state(ViewState.SHOWN)

    def test_a_console_that_does_not_answer_is_reported_on_the_page(self, story: Story) -> None:
        pane = story.technician.pane
        pane.viewing.on_signal = lambda signal: None  # type: ignore[method-assign]
        story.act(lambda page: page.clock.install())
        begin(story)
        story.until_state(ViewState.CONNECTING)
        story.act(lambda page: page.locator("#screen[data-state=connecting]").wait_for())
        story.act(lambda page: page.clock.run_for(21_000))
        page_says(story, "console does not answer")


@pytest.mark.parametrize("server", [()], indirect=True)
@pytest.mark.usefixtures("direct_way")
def test_an_unreachable_server_is_reported_and_its_return_is_enough(
    story: Story, place: Place, server: RealServer
) -> None:
    story.act(lambda page: page.evaluate(NO_CONNECTION))
    begin(story)
    story.until_state(ViewState.CONNECTING)
    server.kill()
    label = story.technician.pane.ui.emptyLabel
    story.until(lambda: "Your server cannot be reached" in label.text())
    assert "it goes on by itself when the server is back" in label.text()

    story.act(lambda page: page.evaluate("window.allowAgain()"))
    with place.internet.middle.entered():
        server.start()
    story.until_state(ViewState.SHOWN)
