"""The system section: read system information, filter, copy and export it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSortFilterProxyModel, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.workspace.section.asking import ask_text, consent_of, why_not_ask
from rescue_console.desktop.workspace.section.pane import Pane
from rescue_console.desktop.workspace.system.fact_text import translated
from rescue_console.desktop.workspace.system.facts_export import as_csv, as_text
from rescue_console.desktop.workspace.system.facts_model import FactColumn, FactsModel
from rescue_console.desktop.workspace.system.restarting import Restarting
from rescue_console.desktop.workspace.system.ui_system import Ui_SystemPane
from rescue_console.protocol.channel import (
    Fact,
    Message,
    SystemInformation,
    SystemInformationWanted,
)
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.powers import Consent, Power

if TYPE_CHECKING:
    from rescue_console.desktop.link.calls import Calls
    from rescue_console.desktop.workspace.section.channel import Channel
    from rescue_console.desktop.workspace.section.situation import Situation


ASK_AGAIN_MS = 3_000
"""How long until facts that have not come are asked for again.

The customer's consent may reach the applet after it has reached the console, and until then the
applet does not answer.
"""


class SystemPane(Pane):
    """Shows what the applet reports about the customer's device."""

    permissions = frozenset({Permission.SYSTEM_INFORMATION, Permission.REBOOT})
    icon_name = "system"

    def __init__(
        self,
        situation: Situation,
        calls: Calls,
        channel: Channel,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(situation, parent)
        self._channel = channel
        self._number = 0
        self._again = QTimer(self, interval=ASK_AGAIN_MS)
        self._again.timeout.connect(self._ask)
        self._told: list[Fact] = []
        self.facts: list[Fact] = []
        self.ui = Ui_SystemPane()
        self.ui.setupUi(self)
        on_language_change(self, self._retranslate)
        self.model = FactsModel(self)
        self.shown = QSortFilterProxyModel(self)
        self.shown.setSourceModel(self.model)
        self.shown.setRecursiveFilteringEnabled(True)
        self.shown.setFilterKeyColumn(-1)
        self.shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.ui.facts.setModel(self.shown)
        self._restarting = Restarting(self.ui, situation, calls, channel, self.jobs, self)
        self._connect()
        self._show()

    def _connect(self) -> None:
        ui = self.ui
        ui.refreshButton.clicked.connect(self.refresh)
        ui.askButton.clicked.connect(lambda: self.power_wanted.emit(Power.SYSTEM_INFORMATION))
        ui.filterEdit.textChanged.connect(self._filter)
        ui.copyButton.clicked.connect(self._copy)
        ui.exportButton.clicked.connect(self._export)
        self.situation.session_changed.connect(self._show)
        self.situation.me_changed.connect(self._show)
        self.situation.online_changed.connect(self._show)
        self._channel.opened.connect(self._show)
        self._channel.closed.connect(self._show)
        self._channel.received.connect(self._on_received)

    def title(self) -> str:
        """Return the section's name."""
        return QCoreApplication.translate("SystemPane", "System")

    def on_shown(self) -> None:
        """Read the facts the first time that the section is shown."""
        if self._readable() and not self.facts:
            self.refresh()

    def refresh(self) -> None:
        """Read the facts anew."""
        self._number += 2
        self.ui.message.say(self.tr("Reading…"), Tone.QUIET)
        self._ask()
        self._again.start()

    def _ask(self) -> None:
        if self._readable():
            self._channel.post(SystemInformationWanted(id=self._number))
        else:
            self._again.stop()

    def save(self, path: Path) -> None:
        """Write the facts to a file: as a table if its name ends in .csv, else as text."""
        table = path.suffix.lower() == ".csv"
        text = as_csv(self.facts) if table else as_text(self.facts)
        try:
            # Spreadsheets read a file as UTF-8 only if it begins with a byte order mark.
            path.write_text(text, "utf-8-sig" if table else "utf-8", newline="")
        except OSError as error:
            reason = error.strerror or str(error)
            words = self.tr("The file could not be written: {0}").format(reason)
            self.ui.message.say(words, Tone.ERROR)

    def _on_received(self, message: Message) -> None:
        if isinstance(message, SystemInformation) and message.id == self._number:
            self._again.stop()
            self._told = message.facts
            self._translate()
            self.ui.message.say("")
            self.ui.facts.resizeColumnToContents(FactColumn.NAME)
            self._show()

    def _translate(self) -> None:
        self.facts = [translated(fact) for fact in self._told]
        self.model.set_facts(self.facts)
        self._filter()

    def _filter(self) -> None:
        self.shown.setFilterFixedString(self.ui.filterEdit.text())
        self.ui.facts.expandAll()

    def _copy(self) -> None:
        """Copy the selected rows, or everything if none is selected."""
        rows = self.ui.facts.selectionModel().selectedRows()
        lines = [
            f"{row.data()}\t{row.siblingAtColumn(FactColumn.VALUE).data() or ''}" for row in rows
        ]
        QGuiApplication.clipboard().setText("\n".join(lines) if rows else as_text(self.facts))

    def _export(self) -> None:
        dialog = QFileDialog(self, self.tr("Export the system information"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Text (*.txt)"), self.tr("Table (*.csv)")])
        dialog.setDefaultSuffix("txt")
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix("csv" if ".csv" in chosen else "txt")
        )
        dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _readable(self) -> bool:
        return self._granted() and self._channel.is_open

    def _granted(self) -> bool:
        consent = consent_of(self.situation.session, Power.SYSTEM_INFORMATION)
        return consent is Consent.GRANTED

    def _show(self) -> None:
        why_not = why_not_ask(Power.SYSTEM_INFORMATION, self.situation)
        readable = self._readable()
        self.ui.refreshButton.setEnabled(readable)
        self.ui.askButton.setVisible(not self._granted() and not why_not)
        usual = self.tr("&Ask the customer")
        self.ui.askButton.setText(ask_text(Power.SYSTEM_INFORMATION, self.situation.session, usual))
        self.ui.copyButton.setEnabled(bool(self.facts))
        self.ui.exportButton.setEnabled(bool(self.facts))
        if readable:
            self._forget_why_not()
            if self.isVisible():
                self.on_shown()
            return
        waiting = self.tr("Waiting for the connection to the customer’s applet.")
        asking = why_not or self.tr("The customer has not allowed this yet.")
        if self._granted() and not self.situation.plain:
            asking = waiting
        self.ui.message.say(asking, Tone.QUIET)

    def _forget_why_not(self) -> None:
        """Clear the reason why nothing could be read; *Reading…* and errors stay."""
        message = self.ui.message
        if message.tone is Tone.QUIET and message.text() != self.tr("Reading…"):
            message.say("")

    def _retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self._translate()
        self._show()
