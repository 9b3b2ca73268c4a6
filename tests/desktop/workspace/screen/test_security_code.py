"""The security code reveals anybody who sits between console and customer."""

from functools import partial

import pytest
from playwright.sync_api import Error, Page

from rescue_console.desktop.media.certificate import make_certificate
from rescue_console.desktop.workspace.screen.viewing import ViewState
from rescue_console.protocol.requests import SendSignal
from rescue_console.protocol.security_code import security_code
from rescue_console.protocol.signals import SignalKind
from tests.stage.customers.screen_customer import Customer
from tests.stage.servers.rescue_server import RealServer
from tests.stage.stories.screen_story import Story

CODE = """async ([what, given]) => {
  const script = document.querySelector("script[type=module]").src;
  const code = await import(new URL("code.js", script).href);
  return what === "read" ? Array.from(code.fingerprintOf(given))
    : code.securityCode(Uint8Array.from(given));
}"""


def line(fingerprint: bytes, algorithm: str = "sha-256") -> str:
    return f"a=fingerprint:{algorithm} {fingerprint.hex(':').upper()}\r\n"


def evaluate(page: Page, given: list[object]) -> object:
    return page.evaluate(CODE, given)


@pytest.fixture
def page(server: RealServer, browser: Customer) -> Customer:
    browser.join(server.owner.create_session()["link"])
    return browser


def test_page_and_console_make_the_same_code_from_a_certificate(page: Customer) -> None:
    for fingerprint in (bytes(32), bytes(range(32)), make_certificate().fingerprint):
        given: list[object] = ["code", list(fingerprint)]
        assert page.do(partial(evaluate, given=given)) == security_code(fingerprint)


def test_the_page_reads_the_fingerprint_in_a_description(page: Customer) -> None:
    wanted = bytes(range(32))
    sdp = "v=0\r\n" + line(wanted) + "m=video 9 x\r\n" + line(wanted)
    assert page.do(lambda at: at.evaluate(CODE, ["read", sdp])) == list(wanted)


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
        page.do(lambda at: at.evaluate(CODE, ["read", "v=0\r\n" + lines]))


def test_somebody_in_between_changes_the_code(story: Story) -> None:
    """Whoever decrypts and encrypts anew in between must show their own certificate."""
    story.see()
    story.act(lambda page: page.locator("#screen-digits").wait_for())
    honest = story.act(lambda page: page.locator("#screen-digits").text_content())
    assert honest == story.technician.identity.code

    # From now on all connections are answered with the certificate of somebody in between.
    between = make_certificate()
    engine = story.technician.pane.viewing.engine
    engine._certificate = between  # type: ignore[union-attr]
    story.click("#screen-pause")
    story.until_state(ViewState.PAUSED)
    story.click("#screen-pause")
    story.until_state(ViewState.SHOWN)
    shown = story.act(
        lambda page: page.wait_for_function(
            "before => !document.getElementById('screen-code').hidden"
            " && document.getElementById('screen-digits').textContent !== before"
            " && document.getElementById('screen-digits').textContent",
            arg=honest,
        ).json_value()
    )
    assert shown == between.security_code()
    assert shown != story.technician.identity.code


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
