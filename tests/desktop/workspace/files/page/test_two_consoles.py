"""The files of the page belong to one of a technician's consoles, until another takes over."""

from pathlib import Path

from rescue_console.protocol.requests import TakeSeat
from tests.stage.stories.files_story import FilesStory
from tests.stage.technicians.files_technician import FilesTechnician


def test_the_files_of_the_page_go_to_one_console_until_another_takes_over(
    story: FilesStory, tmp_path: Path
) -> None:
    story.allow_files()
    first = story.technician
    other = FilesTechnician(first.account.server.url, first.session.id)
    try:
        story.until(lambda: other.standing.online)
        assert other.situation.elsewhere is not None
        story.act(lambda page: page.evaluate("window.made = channels.length"))
        path = tmp_path / "from the first.txt"
        path.write_text("hello")
        first.send(path)
        story.row(path.name, "asked")
        assert not other.link.negotiation.wanted
        taking = other.calls.take_seat(other.session.id, TakeSeat(take_over=True))
        other.situation.update(story.run(taking))
        story.until(lambda: other.link.is_open)
        story.until(lambda: not first.link.is_open)
        assert not first.link.negotiation.wanted
        second = tmp_path / "from the other.txt"
        second.write_text("hello again")
        other.send(second)
        story.row(second.name, "asked")
        made = story.act(lambda page: page.evaluate("channels.length - window.made"))
        assert made == 1
    finally:
        story.run(other.aclose())
        other.pane.deleteLater()
