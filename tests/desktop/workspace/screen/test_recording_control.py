"""The customer is told of each recording's beginning and end, or there is none; one at a time."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import qasync
from pytestqt.qtbot import QtBot

from rescue_console.desktop.media.base import MediaEngine, RecordingFailed
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.workspace.screen.recording_control import RecordingControl
from rescue_console.desktop.workspace.screen.viewing import Viewing
from rescue_console.network.errors import ClientError, Refused, Unreachable, Why
from rescue_console.protocol.problems import Problem
from rescue_console.protocol.requests import SendSignal
from rescue_console.protocol.signals import SignalKind
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.technicians.fake_calls import FakeCalls
from tests.stage.technicians.sessions import ALICE, make_session

WAIT_MS = 20_000
UNTOLD: dict[str, ClientError] = {
    "refused": Refused(Problem(type="urn:x:permission-missing", title="", status=403, detail="No")),
    "unreachable": Unreachable(Why.CONNECTION_REFUSED),
}
ON = SendSignal(kind=SignalKind.RECORDING, body="on")
OFF = SendSignal(kind=SignalKind.RECORDING, body="off")


class Recorder:
    """The part of an engine that records; remembers which files it recorded into."""

    def __init__(self) -> None:
        self.paths: list[Path] = []
        self.on = False
        self.problem = ""

    async def record(self, path: Path) -> None:
        self.paths.append(path)
        self.on = True

    async def disconnect(self) -> None:
        """Do nothing: there is no connection."""

    async def stop_recording(self) -> None:
        self.on = False
        if self.problem:
            raise RecordingFailed(self.problem)


class Story:
    """The recordings of one session."""

    def __init__(self, calls: FakeCalls, loop: qasync.QEventLoop, qtbot: QtBot) -> None:
        self._loop, self._qtbot = loop, qtbot
        self.calls = calls
        self.jobs = Jobs()
        self.recorder = Recorder()
        self.viewing = Viewing(calls, self._no_engine, self.jobs)
        self.viewing.set_session(make_session(1, SessionStatus.ACTIVE, technician=ALICE))
        self.viewing.negotiation.answerer = self.recorder  # type: ignore[assignment]
        self.control = RecordingControl(self.viewing, self.jobs)
        self.failed: list[str] = []
        self.finished: list[Path] = []
        self.control.failed.connect(self.failed.append)
        self.control.finished.connect(self.finished.append)
        self.settle()

    async def _no_engine(self, events: object) -> MediaEngine:
        raise AssertionError

    def settle(self) -> None:
        """Wait until every job has ended."""
        self._qtbot.waitUntil(lambda: not self.jobs.running, timeout=WAIT_MS)

    def begin(self, path: Path) -> None:
        path.write_bytes(b"a video")
        self.control.start(path)
        self.settle()


@pytest.fixture
def story(calls: FakeCalls, qt_loop: qasync.QEventLoop, qtbot: QtBot) -> Iterator[Story]:
    story = Story(calls, qt_loop, qtbot)
    calls.signals.clear()
    yield story
    story.settle()


@pytest.mark.parametrize("why", UNTOLD)
def test_nothing_is_recorded_when_the_customer_cannot_be_told(
    story: Story, why: str, tmp_path: Path
) -> None:
    story.calls.fail("send_signal", UNTOLD[why])
    story.begin(tmp_path / "a.webm")
    assert story.recorder.paths == []
    assert story.control.path is None
    assert story.failed == ["The customer could not be told, so nothing is recorded."]
    story.begin(tmp_path / "a.webm")
    assert story.control.path == tmp_path / "a.webm"


def test_a_second_start_while_the_server_is_slow_begins_no_second_recording(
    story: Story, tmp_path: Path
) -> None:
    gate = story.calls.hold_back("send_signal")
    story.control.start(tmp_path / "a.webm")
    story.control.start(tmp_path / "b.webm")
    gate.set()
    story.settle()
    assert story.recorder.paths == [tmp_path / "a.webm"]
    assert story.calls.signals == [ON]


def test_a_recording_stopped_before_it_has_begun_does_not_go_on(
    story: Story, tmp_path: Path
) -> None:
    gate = story.calls.hold_back("send_signal")
    story.control.start(tmp_path / "a.webm")
    story.control.stop()
    gate.set()
    story.settle()
    assert not story.recorder.on
    assert story.control.path is None
    assert story.calls.signals == [ON, OFF]


@pytest.mark.parametrize("why", UNTOLD)
def test_a_customer_who_cannot_be_told_again_is_no_longer_recorded(
    story: Story, why: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.webm"
    story.begin(path)
    story.viewing.connected.emit()
    story.settle()
    assert story.recorder.on
    story.calls.fail("send_signal", UNTOLD[why])
    story.viewing.connected.emit()
    story.settle()
    assert not story.recorder.on
    [said] = story.failed
    assert "could not be told" in said
    assert str(path) in said


def test_an_early_end_says_why_and_where_the_recorded_part_is(story: Story, tmp_path: Path) -> None:
    path = tmp_path / "a.webm"
    story.begin(path)
    story.recorder.problem = "No space left on device"
    story.viewing.recording_ended.emit(story.recorder.problem)
    story.settle()
    assert story.failed == [
        "The recording has ended: No space left on device\n"
        f"What was recorded until then is in {path}"
    ]
    assert story.finished == []
    assert story.calls.signals == [ON, OFF]


def test_no_recorded_part_is_promised_if_the_file_is_gone(story: Story, tmp_path: Path) -> None:
    path = tmp_path / "a.webm"
    story.begin(path)
    path.unlink()
    story.recorder.problem = "The file was taken away."
    story.control.stop()
    story.settle()
    assert story.failed == ["The recording has ended: The file was taken away."]
