"""The security code reveals anybody who sits between console and customer."""

import json
from functools import partial

import pytest
from playwright.sync_api import Error, Page

from rescue_console.desktop.media.certificate import make_certificate
from rescue_console.desktop.workspace.screen.viewing import ViewState
from rescue_console.protocol.requests import SendSignal
from rescue_console.protocol.signals import Signal, SignalKind
from tests.stage.customers.screen_customer import Customer
from tests.stage.servers.rescue_server import RealServer
from tests.stage.stories.screen_story import Story

READ = """async (given) => {
  const script = document.querySelector("script[type=module]").src;
  const code = await import(new URL("code.js", script).href);
  return Array.from(code.fingerprintOf(given));
}"""


def line(fingerprint: bytes, algorithm: str = "sha-256") -> str:
    return f"a=fingerprint:{algorithm} {fingerprint.hex(':').upper()}\r\n"


@pytest.fixture
def page(server: RealServer, browser: Customer) -> Customer:
    browser.join(server.owner.create_session()["link"])
    return browser


def test_the_page_reads_the_fingerprint_in_a_description(page: Customer) -> None:
    wanted = bytes(range(32))
    sdp = "v=0\r\n" + line(wanted) + "m=video 9 x\r\n" + line(wanted)
    assert page.do(lambda at: at.evaluate(READ, sdp)) == list(wanted)


@pytest.mark.parametrize(
    "lines",
    [
        "",
        line(bytes(32)) + line(bytes(range(32))),
        line(bytes(32)) + line(bytes(64), "sha-512"),
        line(bytes(20), "sha-1"),
        " " + line(bytes(32)) + line(bytes(range(32))),
    ],
    ids=["none", "two", "another kind besides", "a weak kind", "two, one of them indented"],
)
def test_a_description_without_exactly_one_fingerprint_is_refused(
    page: Customer, lines: str
) -> None:
    with pytest.raises(Error, match="not exactly one fingerprint"):
        page.do(lambda at: at.evaluate(READ, "v=0\r\n" + lines))


def code_on_page(story: Story, earlier: str = "") -> str:
    """Return the code on the page once there is one other than *earlier*."""
    words = """earlier => {
      const digits = document.getElementById("screen-digits");
      return digits.checkVisibility() && digits.textContent !== earlier && digits.textContent;
    }"""
    wait = partial(Page.wait_for_function, expression=words, arg=earlier)
    return str(story.act(lambda page: wait(page).json_value()))


def code_at_desk(story: Story, earlier: str = "") -> str:
    """Return the code in the console once there is one other than *earlier*."""
    story.until(lambda: story.technician.pane.viewing.negotiation.code not in ("", earlier))
    return story.technician.pane.viewing.negotiation.code


def pause_and_resume(story: Story) -> None:
    story.click("#screen-pause")
    story.until_state(ViewState.PAUSED)
    story.click("#screen-pause")
    story.until_state(ViewState.SHOWN)


def test_the_code_stays_the_same_while_the_page_is_open(story: Story) -> None:
    story.see()
    code = code_at_desk(story)
    assert code_on_page(story) == code
    pause_and_resume(story)
    assert code_on_page(story) == code_at_desk(story) == code


def test_a_page_that_was_loaded_again_has_another_code(story: Story) -> None:
    story.see()
    code = code_at_desk(story)
    story.act(lambda page: page.reload())
    story.until_state(ViewState.CHOOSING)
    story.click("#screen-again")
    story.until_state(ViewState.SHOWN)
    assert code_on_page(story, code) == code_at_desk(story, code)


def test_a_console_that_was_opened_again_has_another_code(story: Story) -> None:
    story.see()
    code = code_at_desk(story)
    story.begin_again()
    story.until_state(ViewState.SHOWN)
    assert code_on_page(story, code) == code_at_desk(story, code)


def test_a_value_that_was_lost_with_the_connection_is_told_again(story: Story) -> None:
    words = """() => {
      const send = WebSocket.prototype.send;
      WebSocket.prototype.send = function (text) {
        if (!text.includes('"code_value"')) return send.call(this, text);
        WebSocket.prototype.send = send;
        return this.close();
      };
    }"""
    story.act(lambda page: page.evaluate(words))
    story.see()
    assert code_at_desk(story) == code_on_page(story)


def test_somebody_in_between_changes_the_code(story: Story) -> None:
    """Whoever decrypts and encrypts anew in between must show their own certificate."""
    story.see()
    honest = code_on_page(story)
    assert honest == code_at_desk(story)

    # From now on all connections are answered with the certificate of somebody in between.
    between = make_certificate()
    engine = story.technician.pane.viewing.engine
    engine._certificate = between  # type: ignore[union-attr]
    pause_and_resume(story)
    # The page does not know the console that answers, and has no code with it.
    story.act(lambda page: page.locator("#screen-no-code").wait_for())
    assert not story.act(lambda page: page.locator("#screen-code").is_visible())


def test_with_a_page_of_before_there_is_no_code_and_the_console_says_why(story: Story) -> None:
    viewing = story.technician.pane.viewing
    hear = viewing.on_signal

    def as_before(signal: Signal) -> None:
        """Hear from the page what one of version 0.1 says."""
        if signal.kind is SignalKind.OFFER:
            said = json.loads(signal.body)
            del said["commit"]
            signal = Signal(kind=signal.kind, body=json.dumps(said))
        if signal.kind is not SignalKind.CODE_VALUE:
            hear(signal)

    viewing.on_signal = as_before  # type: ignore[method-assign]
    story.see()
    label = story.technician.pane.ui.codeLabel
    story.until(lambda: "page is an older version" in label.text())
    assert viewing.negotiation.code == ""


def test_with_a_console_of_before_there_is_no_code_and_the_page_says_why(story: Story) -> None:
    send = story.technician.calls.send_signal

    async def as_before(session_id: str, request: SendSignal) -> None:
        if request.kind is SignalKind.ANSWER:
            said = json.loads(request.body)
            del said["value"]
            request = SendSignal(kind=request.kind, body=json.dumps(said))
        await send(session_id, request)

    story.technician.calls.send_signal = as_before  # type: ignore[method-assign]
    story.see()
    story.act(lambda page: page.locator("#screen-no-code").wait_for())
    said = story.act(lambda page: page.locator("#screen-no-code").text_content())
    assert said is not None
    assert "technician’s program is an older version" in said
    assert not story.act(lambda page: page.locator("#screen-code").is_visible())


def test_an_altered_fingerprint_lets_no_picture_through(story: Story) -> None:
    """A server could alter the answer on its way; then the browser refuses the console."""
    send = story.technician.calls.send_signal

    async def altered(session_id: str, request: SendSignal) -> None:
        if request.kind is SignalKind.ANSWER:
            own = story.technician.identity
            shown = (await own.certificate()).fingerprint.hex(":").upper()
            body = request.body.replace(shown, make_certificate().fingerprint.hex(":").upper())
            assert body != request.body
            request = SendSignal(kind=request.kind, body=body)
        await send(session_id, request)

    story.technician.calls.send_signal = altered  # type: ignore[method-assign]
    pane = story.technician.pane
    story.until(lambda: pane.ui.askButton.isEnabled())
    pane.ui.askButton.click()
    story.until_state(ViewState.ASKED)
    story.click("#consent-allow:enabled")
    story.until_state(ViewState.TRYING_AGAIN)
    assert pane.ui.area.picture is None
