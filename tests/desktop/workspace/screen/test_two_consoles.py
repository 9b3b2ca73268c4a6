"""The picture belongs to one of a technician's consoles, until another takes over."""

from PySide6.QtCore import Qt

from rescue_console.desktop.workspace.screen.viewing import ViewState
from rescue_console.protocol.requests import TakeSeat
from tests.stage.stories.screen_story import Story
from tests.stage.technicians.screen_technician import Technician


def take_over(story: Story, technician: Technician) -> None:
    """Let *technician* go on here."""
    taking = technician.calls.take_seat(technician.session.id, TakeSeat(take_over=True))
    technician.situation.update(story.run(taking))


def code_of(story: Story, technician: Technician, *earlier: str) -> str:
    """Return *technician*'s code, once there is a new one that the page shows too."""
    negotiation = technician.pane.viewing.negotiation
    story.until(lambda: negotiation.code not in ("", *earlier))
    code = negotiation.code
    words = "code => document.getElementById('screen-digits').textContent === code"
    story.act(lambda page: page.wait_for_function(words, arg=code))
    return code


def test_the_picture_goes_to_one_console_until_another_takes_over(story: Story) -> None:
    story.see()
    first = story.technician
    other = Technician(first.account.server.url, first.session.id)
    try:
        viewing = other.pane.viewing
        story.until(lambda: other.standing.online)
        assert viewing.situation.state is ViewState.ELSEWHERE
        assert "another window on this computer" in other.pane.ui.emptyLabel.text()
        assert story.state is ViewState.SHOWN
        take_over(story, other)
        story.until(lambda: viewing.situation.state is ViewState.SHOWN)
        story.until_state(ViewState.ELSEWHERE)
        assert first.pane.ui.area.picture is None
        assert not first.pane.window().windowState() & Qt.WindowState.WindowFullScreen
        assert not first.pane.viewing.negotiation.wanted
    finally:
        story.run(other.aclose())
        other.pane.deleteLater()


def test_a_console_that_gets_the_session_back_has_a_code_again(story: Story) -> None:
    """The page remembers only its newest console, which is another one by then."""
    story.see()
    first = story.technician
    other = Technician(first.account.server.url, first.session.id)
    try:
        story.until(lambda: other.standing.online)
        codes = [code_of(story, first)]
        for technician in (other, first, other):
            take_over(story, technician)
            codes.append(code_of(story, technician, *codes))
            assert story.act(lambda page: page.locator("#screen-no-code").is_hidden())
    finally:
        story.run(other.aclose())
        other.pane.deleteLater()
