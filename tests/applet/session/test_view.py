"""The view of a session, made from plain values without a window, server or loop."""

from dataclasses import replace

import msgspec
import pytest

from rescue_console.applet.session.situation import Situation, next_question
from rescue_console.applet.session.view import ended_view, view_of
from rescue_console.applet.window.texts import Texts
from rescue_console.applet.window.views import Busy, Ended, Helping, Restarting
from rescue_console.protocol.choices import Language
from rescue_console.protocol.customer import CustomerState
from rescue_console.protocol.powers import Power
from rescue_console.protocol.statuses import SessionStatus

TEXTS = Texts(Language("en"))
TOLD = CustomerState(status=SessionStatus.ACTIVE, over=False, title="Helped", text="By Nora")
OVER = CustomerState(status=SessionStatus.CLOSED_BY_TECHNICIAN, over=True, title="", text="Bye")
JOINED = Situation("Company", "Nora")
HELPED = replace(JOINED, state=TOLD)
PICTURE_GOES_ON = TEXTS(
    "The picture ends once the server answers. To end it now, close the page in your browser."
)


def test_there_is_a_view_only_while_the_session_goes_on() -> None:
    assert view_of(JOINED, TEXTS) is None
    assert view_of(replace(JOINED, state=OVER), TEXTS) is None
    assert view_of(HELPED, TEXTS) == Helping("Company", "Nora", "Helped", "By Nora")


def test_a_network_that_blocks_websockets_is_named_from_the_beginning_on() -> None:
    before = view_of(replace(JOINED, lost=True, blocked=True), TEXTS)
    assert isinstance(before, Busy)
    later = view_of(replace(HELPED, lost=True, blocked=True), TEXTS)
    assert isinstance(later, Helping)
    assert before.text == later.notice
    assert "WebSocket" in before.text
    french = view_of(replace(JOINED, lost=True, blocked=True), Texts(Language("fr")))
    assert isinstance(french, Busy)
    assert "Ce réseau" in french.text


def test_the_view_names_whoever_helps_now() -> None:
    taken_over = msgspec.structs.replace(TOLD, technician="Paul")
    view = view_of(replace(HELPED, state=taken_over), TEXTS)
    assert isinstance(view, Helping)
    assert view.technician == "Paul"


@pytest.mark.parametrize(("connected", "shown"), [(True, "123 456"), (False, "")])
def test_the_security_code_is_shown_only_while_the_channel_is_open(
    connected: bool, shown: str
) -> None:
    view = view_of(replace(HELPED, security_code="123 456", connected=connected), TEXTS)
    assert isinstance(view, Helping)
    assert view.security_code == shown
    assert not view.no_code


def test_a_channel_without_a_security_code_says_so() -> None:
    view = view_of(replace(HELPED, connected=True), TEXTS)
    assert isinstance(view, Helping)
    assert view.no_code


@pytest.mark.parametrize("seconds", [10, 0])
def test_a_restart_fills_the_whole_window(seconds: int) -> None:
    restarting = replace(HELPED, seconds=seconds, news="Sent: a.txt", question=Power.CONTROL)
    assert view_of(restarting, TEXTS) == Restarting("Nora", seconds, "Sent: a.txt")


@pytest.mark.parametrize(
    ("situation", "notice"),
    [
        (HELPED, ""),
        (replace(HELPED, news="Sent: a\u202e.txt"), "Sent: a.txt"),
        (replace(HELPED, news="Sent: a.txt", sharing="Opened."), "Opened."),
        (replace(HELPED, sharing="Opened.", stopped=True), TEXTS("Everything was stopped.")),
        (replace(HELPED, stopped=True, granted=(Power.VIEW,)), ""),
        (
            replace(HELPED, stopped=True, picture_goes_on=True),
            f"{TEXTS('Everything was stopped.')} {PICTURE_GOES_ON}",
        ),
        (
            replace(HELPED, stopped=True, picture_goes_on=True, lost=True),
            f"{TEXTS('Connection lost. Trying again…')} {PICTURE_GOES_ON}",
        ),
    ],
)
def test_the_notice_shows_what_matters_most(situation: Situation, notice: str) -> None:
    view = view_of(situation, TEXTS)
    assert isinstance(view, Helping)
    assert view.notice == notice


def test_the_end_is_shown_in_the_servers_words_if_there_are_any() -> None:
    over = ended_view(replace(JOINED, state=OVER), TEXTS)
    assert over == Ended(TEXTS("The session is over."), "Bye")
    assert ended_view(HELPED, TEXTS).title == TEXTS("This window is no longer needed.")


def test_a_question_stays_until_it_is_answered_then_the_next_one_comes() -> None:
    asked = [Power.VIEW, Power.CONTROL]
    assert next_question(None, asked) is Power.VIEW
    assert next_question(Power.CONTROL, asked) is Power.CONTROL
    assert next_question(Power.CONTROL, [Power.VIEW]) is Power.VIEW
    assert next_question(Power.VIEW, []) is None
