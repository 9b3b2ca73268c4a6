"""The section for the technician's notes."""

from typing import ClassVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.workspace.notes.notebook import Notebook, NoteState
from rescue_console.desktop.workspace.notes.ui_notes import Ui_NotesPane
from rescue_console.desktop.workspace.section.pane import Pane
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.protocol.limits import NOTES_MAX


class NotesPane(Pane):
    """Shows one session's notes; whatever is written goes to the ``Notebook``."""

    icon_name: ClassVar[str] = "notes"
    lasts: ClassVar[bool] = True

    def __init__(
        self, situation: Situation, notebook: Notebook, parent: QWidget | None = None
    ) -> None:
        super().__init__(situation, parent)
        self._notebook = notebook
        self._session_id = situation.session.id
        self._seen: str | None = None
        """The server's notes when last shown; a late event that repeats them changes nothing."""
        self._showing = False
        self.ui = Ui_NotesPane()
        self.ui.setupUi(self)
        on_language_change(self, self._retranslate)
        self.ui.notesEdit.textChanged.connect(self._on_written)
        notebook.changed.connect(self._on_state)
        situation.session_changed.connect(self._show_notes)
        self._show_notes()

    def title(self) -> str:
        """Return the section's name."""
        return QCoreApplication.translate("NotesPane", "Notes")

    def _show_notes(self) -> None:
        """Show the notes as stored, unless newer ones are being written here."""
        stored = self.situation.session.notes
        # Text that is too long exists only in the editor.
        if stored != self._seen and not self._too_long:
            self._seen = stored
            self._show(stored)
        self._show_state()

    def _show(self, stored: str) -> None:
        waiting = self._notebook.text(self._session_id)
        text = stored if waiting is None else waiting
        if text != self.ui.notesEdit.toPlainText():
            self._showing = True
            self.ui.notesEdit.setPlainText(text)
            self._showing = False

    def on_shown(self) -> None:
        """Focus the editor."""
        self.ui.notesEdit.setFocus()

    def close(self) -> bool:
        """Store what was written last without waiting for a pause."""
        if self._notebook.text(self._session_id) is not None:
            self._notebook.send()
        return super().close()

    def _on_written(self) -> None:
        if self._showing:
            return
        if self._too_long:
            self._show_state()
        else:
            self._notebook.write(self._session_id, self.ui.notesEdit.toPlainText())

    @property
    def _too_long(self) -> bool:
        return len(self.ui.notesEdit.toPlainText()) > NOTES_MAX

    def _on_state(self, session_id: str) -> None:
        if session_id == self._session_id:
            self._show_state()

    def _show_state(self) -> None:
        if self._too_long:
            length = len(self.ui.notesEdit.toPlainText())
            text = self.tr("The notes have {0} characters; only {1} can be stored.")
            self.ui.stateLabel.say(text.format(length, NOTES_MAX), Tone.ERROR)
            return
        match self._notebook.state(self._session_id):
            case NoteState.STORED:
                stored = bool(self.ui.notesEdit.toPlainText())
                self.ui.stateLabel.say(self.tr("Stored") if stored else "", Tone.QUIET)
            case NoteState.ON_THE_WAY:
                self.ui.stateLabel.say(self.tr("Not stored on the server yet…"), Tone.QUIET)
            case NoteState.REFUSED:
                problem = self._notebook.problem(self._session_id)
                text = self.tr("Kept on this computer only: {0}").format(problem)
                self.ui.stateLabel.say(text, Tone.ERROR)

    def _retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self._show_state()
