"""The picture belongs to one of a technician's consoles, until another takes over."""

from PySide6.QtCore import Qt

from rescue_console.desktop.workspace.screen.viewing import ViewState
from rescue_console.protocol.requests import TakeSeat
from tests.stage.stories.screen_story import Story
from tests.stage.technicians.screen_technician import Technician


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
        taking = other.calls.take_seat(other.session.id, TakeSeat(take_over=True))
        other.situation.update(story.run(taking))
        story.until(lambda: viewing.situation.state is ViewState.SHOWN)
        story.until_state(ViewState.ELSEWHERE)
        assert first.pane.ui.area.picture is None
        assert not first.pane.window().windowState() & Qt.WindowState.WindowFullScreen
        assert not first.pane.viewing.negotiation.wanted
    finally:
        story.run(other.aclose())
        other.pane.deleteLater()
