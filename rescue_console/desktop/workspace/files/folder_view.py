"""The customer's folders: list them, fetch from them, make, rename, delete."""

import asyncio
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from rescue_console.desktop.look.ask import ask
from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.words.folder_problem import folder_problem_text
from rescue_console.desktop.workspace.files.folder_model import FolderModel, join
from rescue_console.desktop.workspace.files.ui_folder import Ui_FolderView
from rescue_console.protocol.channel import (
    Done,
    Entry,
    FileWanted,
    FolderAction,
    FolderChange,
    FolderListed,
    FolderWanted,
    Message,
)
from rescue_console.protocol.foreign_text import line

NAME_MAX = 200

ASK_AGAIN_MS = 2_000
"""How long until a listing that has not come is asked for again.

The customer's consent may reach the applet after it has reached the console, and until then the
applet does not answer.
"""
PATH_SHOWN_MAX = 120


class FolderView(QWidget):
    """Shows one folder at a time and has the customer's side do what the technician wants in it.

    Attributes:
        customer: What to call the customer in questions.

    Signals:
        said: A ``Message`` for the customer's side.
        wanted: The request with this number is to put what is at this path on the customer's
            device into this ``Path``.
        power_wanted: The technician wants the customer to be asked for the file manager.
    """

    said = Signal(object)
    wanted = Signal(object, str, object)
    power_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_FolderView()
        self.ui.setupUi(self)
        on_language_change(self, self._retranslate)
        self.jobs = Jobs(self)
        self.model = FolderModel(self)
        self.customer = ""
        self._number = 0
        self._listing = 0
        self._wanted = ""
        self._awaited: set[int] = set()
        self._begun = self._failed = 0
        self._failure = self._listing_problem = self._listing_note = ""
        self._parent_path = ""
        self._allowed = False
        self._again = QTimer(self, interval=ASK_AGAIN_MS)
        self._again.timeout.connect(self._ask)
        self.ui.entries.setModel(self.model)
        self._connect()
        self.set_allowed(allowed=False, why_not="", may_ask=False)

    def _connect(self) -> None:
        ui = self.ui
        ui.upButton.clicked.connect(lambda: self._go(self._parent_path))
        ui.refreshButton.clicked.connect(lambda: self._go(self.model.path))
        ui.pathEdit.returnPressed.connect(lambda: self._go(ui.pathEdit.text().strip()))
        ui.entries.activated.connect(self._on_activated)
        ui.entries.selectionModel().selectionChanged.connect(self._enable)
        ui.fetchButton.clicked.connect(lambda: self.jobs.start(self._fetch(), "fetch files"))
        ui.makeButton.clicked.connect(lambda: self.jobs.start(self._make(), "make a folder"))
        ui.renameButton.clicked.connect(lambda: self.jobs.start(self._rename(), "rename"))
        ui.deleteButton.clicked.connect(lambda: self.jobs.start(self._delete(), "delete"))
        ui.askButton.clicked.connect(self.power_wanted)

    def set_allowed(
        self, *, allowed: bool, why_not: str, may_ask: bool, ask_text: str = ""
    ) -> None:
        """Set whether the customer has allowed it and the channel is open, and if not, why not.

        Args:
            ask_text: What the button says that asks the customer, unless it is the usual.
        """
        begins = allowed and not self._allowed
        self._allowed = allowed
        self.ui.askButton.setVisible(may_ask)
        self.ui.askButton.setText(ask_text or self.tr("As&k the customer"))
        if not allowed:
            self._awaited.clear()
            self._again.stop()
            self.model.set_listing(FolderListed(id=0, path=""))
            self.ui.message.say(why_not, Tone.QUIET)
        self._enable()
        if begins:
            self._go(self.ui.pathEdit.text())

    def _go(self, path: str) -> None:
        """List the folder *path* at the technician's wish; earlier messages no longer apply."""
        self._failure = self._listing_problem = self._listing_note = ""
        self._say()
        self.look(path)

    def look(self, path: str) -> None:
        """List the folder *path*; if it is empty, where to begin."""
        self._listing = self._next_number()
        self._wanted = path
        self._ask()
        self._again.start()

    def _ask(self) -> None:
        self.said.emit(FolderWanted(id=self._listing, path=self._wanted))

    def receive(self, message: Message) -> None:
        """Handle an answer from the applet."""
        match message:
            case FolderListed() if message.id == self._listing and self._allowed:
                self._again.stop()
                self._show(message)
            case Done() if self._allowed and message.id in self._awaited:
                self._awaited.discard(message.id)
                self._count(folder_problem_text(message.failure))
                self.look(self.model.path)

    def _begin(self) -> None:
        """Begin a group of changes; unless earlier ones are under way, start counting anew."""
        if not self._awaited:
            self._begun = self._failed = 0
        self._failure = ""
        self._say()

    def _await(self, number: int) -> None:
        self._begun += 1
        self._awaited.add(number)

    def _count(self, problem: str) -> None:
        if not problem:
            return
        self._failed += 1
        self._failure = problem
        if self._begun > 1:
            self._failure = self.tr("{0} of {1} failed: {2}").format(
                self._failed, self._begun, problem
            )
        self._say()

    def _say(self) -> None:
        problems = [text for text in (self._failure, self._listing_problem) if text]
        if problems:
            self.ui.message.say("\n".join(problems), Tone.ERROR)
        else:
            self.ui.message.say(self._listing_note, Tone.WARNING)

    def _show(self, listed: FolderListed) -> None:
        self._parent_path = listed.parent
        self.ui.pathEdit.setText(listed.path)
        self._listing_problem = folder_problem_text(listed.failure)
        self._listing_note = self._note(listed)
        self._say()
        if listed.failure:
            return
        self.model.set_listing(listed)
        self.ui.entries.resizeColumnToContents(0)
        # Resetting the model clears the selection without a signal.
        self._enable()

    def _note(self, listed: FolderListed) -> str:
        """Return what the list does not show; nothing is left out without a word."""
        notes = [self.tr("The folder holds more than can be shown.")] if listed.more else []
        if listed.hidden:
            notes.append(self.tr("Not shown: %n thing(s).", "", listed.hidden))
            if not listed.more:
                notes.append(self.tr("Their names are not readable text."))
        return " ".join(notes)

    def _on_activated(self, index: QModelIndex) -> None:
        entry = self.model.entry(index)
        if entry.folder:
            self._go(self.model.path_of(entry))

    def _chosen(self) -> list[Entry]:
        return [
            self.model.entry(index) for index in self.ui.entries.selectionModel().selectedRows()
        ]

    def _enable(self) -> None:
        chosen = len(self._chosen())
        inside = self._allowed and bool(self.model.path)
        for widget in (self.ui.upButton, self.ui.refreshButton, self.ui.pathEdit, self.ui.entries):
            widget.setEnabled(self._allowed)
        self.ui.makeButton.setEnabled(inside)
        self.ui.fetchButton.setEnabled(self._allowed and chosen > 0)
        self.ui.renameButton.setEnabled(inside and chosen == 1)
        self.ui.deleteButton.setEnabled(inside and chosen > 0)

    async def _fetch(self) -> None:
        # What is selected now counts: the listing may change while the folder is being chosen.
        paths = [self.model.path_of(entry) for entry in self._chosen()]
        dialog = QFileDialog(self, self.tr("Where to put the files"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        if not await _accepted(dialog):
            return
        folder = Path(dialog.selectedFiles()[0])
        self._begin()
        for path in paths:
            number = self._next_number()
            self._await(number)
            self.wanted.emit(number, path, folder)
            self.said.emit(FileWanted(id=number, path=path))

    async def _make(self) -> None:
        name = await self._name(self.tr("New folder"), self.tr("Name of the folder"), "")
        if name:
            self._begin()
            self._change(FolderAction.MAKE, join(self.model.path, name))

    async def _rename(self) -> None:
        for entry in self._chosen()[:1]:
            path = self.model.path_of(entry)
            name = await self._name(self.tr("Rename"), self.tr("New name"), entry.name)
            if name and name != entry.name:
                self._begin()
                self._change(FolderAction.RENAME, path, name)

    async def _delete(self) -> None:
        paths = [self.model.path_of(entry) for entry in self._chosen()]
        text = self.tr(
            "Delete %n thing(s) on the customer’s device? This cannot be undone.", "", len(paths)
        )
        shown = "\n".join(map(_shortened, paths[:10]))
        if await ask(
            self, self.tr("Delete"), f"{self.customer}\n{text}\n\n{shown}", self.tr("Delete")
        ):
            self._begin()
            for path in paths:
                self._change(FolderAction.DELETE, path)

    async def _name(self, title: str, label: str, name: str) -> str:
        dialog = QInputDialog(self)
        dialog.setWindowTitle(title)
        dialog.setLabelText(label)
        dialog.setTextValue(name)
        return dialog.textValue().strip()[:NAME_MAX] if await _accepted(dialog) else ""

    def _change(self, action: FolderAction, path: str, to: str = "") -> None:
        number = self._next_number()
        self._await(number)
        self.said.emit(FolderChange(id=number, action=action, path=path, to=to))

    def _next_number(self) -> int:
        self._number += 2
        return self._number

    def _retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self.model.retranslate()


def _shortened(path: str) -> str:
    """Return a path on the customer's device as one line that fits into a question."""
    shown = line(path)
    half = PATH_SHOWN_MAX // 2
    return shown if len(shown) <= PATH_SHOWN_MAX else f"{shown[:half]}…{shown[-half:]}"


async def _accepted(dialog: QFileDialog | QInputDialog) -> bool:
    """Show *dialog* and return whether it was accepted; cancelling the job closes it."""
    finished: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def on_finished(result: int) -> None:
        if not finished.done():
            finished.set_result(bool(result))

    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.finished.connect(on_finished)
    dialog.show()
    try:
        return await finished
    finally:
        dialog.close()
        dialog.deleteLater()
