from pathlib import Path

import pytest
import qasync
from pytestqt.qtbot import QtBot

from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.workspace.notes.close_dialog import CloseSessionDialog
from rescue_console.desktop.workspace.notes.kept import KeptNotes
from rescue_console.desktop.workspace.notes.notebook import Notebook, NoteState
from rescue_console.desktop.workspace.notes.pane import NotesPane
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.network.errors import Refused, Unreachable, Why
from rescue_console.protocol.answers import Me
from rescue_console.protocol.limits import NOTES_MAX
from rescue_console.protocol.problems import Problem
from tests.stage.technicians.fake_calls import FakeCalls
from tests.stage.technicians.sessions import make_session

WAIT_MS = 20_000
PROBLEM = Problem(type="urn:x:taken-by", title="", status=409, detail="Bruno has it.")


@pytest.fixture
def kept(tmp_path: Path) -> KeptNotes:
    return KeptNotes(tmp_path / "notes", "https://a.example", "t1")


@pytest.fixture
def standing(me: Me) -> Standing:
    return Standing(me)


@pytest.fixture
def situation(standing: Standing) -> Situation:
    return Situation(make_session(1, notes="before"), standing)


@pytest.fixture
def notebook(
    qt_loop: qasync.QEventLoop, calls: FakeCalls, kept: KeptNotes, standing: Standing
) -> Notebook:
    calls.sessions["k"] = make_session(1)
    return Notebook(calls, standing, kept)


@pytest.fixture
def pane(notebook: Notebook, qtbot: QtBot, situation: Situation) -> NotesPane:
    pane = NotesPane(situation, notebook)
    qtbot.addWidget(pane)
    return pane


def stored(calls: FakeCalls) -> list[str]:
    return [request.text for request in calls.notes_requests]


def test_notes_are_stored_when_writing_pauses(
    pane: NotesPane,
    notebook: Notebook,
    calls: FakeCalls,
    kept: KeptNotes,
    qtbot: QtBot,
    standing: Standing,
) -> None:
    standing.online = True
    pane.ui.notesEdit.setPlainText("Toner")
    pane.ui.notesEdit.setPlainText("Toner replaced")
    assert kept.all() == {"s1": "Toner replaced"}
    qtbot.waitUntil(lambda: notebook.state("s1") is NoteState.STORED, timeout=WAIT_MS)
    assert stored(calls) == ["Toner replaced"]
    assert kept.all() == {}
    assert pane.ui.stateLabel.text() == "Stored"


def test_notes_written_offline_are_stored_once_online_again(
    pane: NotesPane, notebook: Notebook, calls: FakeCalls, qtbot: QtBot, standing: Standing
) -> None:
    calls.fail("write_notes", Unreachable(Why.LOST))
    pane.ui.notesEdit.setPlainText("Toner")
    notebook.send()
    assert pane.ui.stateLabel.text() == "Not stored on the server yet…"
    standing.online = True
    qtbot.waitUntil(lambda: notebook.state("s1") is NoteState.STORED, timeout=WAIT_MS)
    assert stored(calls)[-1] == "Toner"


def test_notes_of_a_program_that_was_killed_are_stored_by_the_next(
    calls: FakeCalls, kept: KeptNotes, qt_loop: qasync.QEventLoop, qtbot: QtBot, standing: Standing
) -> None:
    calls.sessions["k"] = make_session(1)
    kept.keep("s1", "left over")
    next_one = Notebook(calls, standing, kept)
    standing.online = True
    qtbot.waitUntil(lambda: kept.all() == {}, timeout=WAIT_MS)
    assert next_one.state("s1") is NoteState.STORED
    assert stored(calls) == ["left over"]


def test_an_older_state_that_arrives_late_does_not_undo_what_was_written(
    pane: NotesPane, notebook: Notebook, qtbot: QtBot, standing: Standing, situation: Situation
) -> None:
    standing.online = True
    pane.ui.notesEdit.setPlainText("newer")
    notebook.send()
    qtbot.waitUntil(lambda: notebook.state("s1") is NoteState.STORED, timeout=WAIT_MS)
    situation.update(make_session(1, notes="before"))
    assert pane.ui.notesEdit.toPlainText() == "newer"


def test_notes_that_are_too_long_stay_as_written_and_the_warning_stays(
    pane: NotesPane, notebook: Notebook, qtbot: QtBot, standing: Standing, situation: Situation
) -> None:
    standing.online = True
    kept, added = "a" * (NOTES_MAX - 1_000), "b" * 1_500
    pane.ui.notesEdit.setPlainText(kept)
    qtbot.waitUntil(lambda: notebook.state("s1") is NoteState.STORED, timeout=WAIT_MS)
    pane.ui.notesEdit.setPlainText(kept + added)
    too_long = pane.ui.stateLabel.text()
    situation.update(make_session(1, notes=kept))
    assert pane.ui.notesEdit.toPlainText() == kept + added
    assert pane.ui.stateLabel.text() == too_long
    pane.ui.notesEdit.setPlainText(kept + added[:1_000])
    assert notebook.text("s1") == kept + added[:1_000]


def test_a_colleagues_notes_are_shown_while_nothing_is_written_here(
    pane: NotesPane, situation: Situation
) -> None:
    situation.update(make_session(1, notes="from Bruno"))
    assert pane.ui.notesEdit.toPlainText() == "from Bruno"


def test_refused_notes_stay_here_and_say_why(
    pane: NotesPane,
    notebook: Notebook,
    calls: FakeCalls,
    kept: KeptNotes,
    qtbot: QtBot,
    standing: Standing,
) -> None:
    calls.fail("write_notes", Refused(PROBLEM))
    standing.online = True
    pane.ui.notesEdit.setPlainText("mine")
    notebook.send()
    qtbot.waitUntil(lambda: notebook.state("s1") is NoteState.REFUSED, timeout=WAIT_MS)
    assert pane.ui.stateLabel.text() == "Kept on this computer only: Bruno has it."
    assert kept.all() == {"s1": "mine"}


def test_a_warning_says_that_notes_are_too_long_and_they_stay_in_the_field(
    pane: NotesPane, situation: Situation
) -> None:
    pane.ui.notesEdit.setPlainText("x" * (NOTES_MAX + 1))
    assert "only 20000 can be stored" in pane.ui.stateLabel.text()
    situation.update(make_session(1, notes="before"))
    assert len(pane.ui.notesEdit.toPlainText()) == NOTES_MAX + 1


@pytest.mark.parametrize("closing", [True, False])
def test_notes_written_on_closing_are_stored_whatever_the_answer(
    notebook: Notebook, calls: FakeCalls, qtbot: QtBot, closing: bool, standing: Standing
) -> None:
    standing.online = True
    dialog = CloseSessionDialog(make_session(1, notes="before"), notebook)
    dialog.open()
    dialog.ui.notesEdit.appendPlainText("after")
    with qtbot.waitSignal(notebook.stored, timeout=WAIT_MS):
        dialog.done(int(closing))
    assert stored(calls) == ["before\nafter"]


def test_cancel_is_the_default_answer(notebook: Notebook) -> None:
    dialog = CloseSessionDialog(make_session(1), notebook)
    dialog.open()
    assert not dialog.close_button.isDefault()
    dialog.close()
