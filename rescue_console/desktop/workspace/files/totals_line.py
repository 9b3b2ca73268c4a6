"""One line below the transfers: how far they have got together, and a button to end them all."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLabel, QPushButton

from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.words.time import running_time_text
from rescue_console.desktop.workspace.files.totals import Totals
from rescue_console.desktop.workspace.files.transfer_text import size_text, speed_text
from rescue_console.peer.files.transfer import Transfer

SHOWN_EVERY_MS = 250
"""The shortest time between two changes of the line, so that it can be read."""


class TotalsLine(QObject):
    """Writes the totals into *label*, which is hidden until there are two transfers to add up."""

    def __init__(self, label: QLabel, cancel_all: QPushButton, parent: QObject) -> None:
        super().__init__(parent)
        self._label = label
        self._cancel_all = cancel_all
        self.totals = Totals()
        self._soon = QTimer(self, singleShot=True, interval=SHOWN_EVERY_MS)
        self._soon.timeout.connect(self._write)
        on_language_change(label, self._write)
        self._write()

    def show(self, transfer: Transfer) -> None:
        """Count in a transfer that has changed."""
        self.totals.look(transfer)
        if not self._soon.isActive():
            self._soon.start()

    def _write(self) -> None:
        totals = self.totals
        several = totals.files > 1
        self._label.setVisible(several)
        self._label.setText(self._text() if several else "")
        self._cancel_all.setEnabled(totals.over < totals.files)

    def _text(self) -> str:
        totals = self.totals
        parts = [
            self.tr("Files: {0} of {1}").format(totals.over, totals.files),
            self.tr("{0} of {1}").format(size_text(totals.done), size_text(totals.size)),
            speed_text(totals.bytes_per_s),
        ]
        if totals.left_s:
            parts.append(self.tr("{0} left").format(running_time_text(totals.left_s)))
        if totals.failed:
            parts.append(self.tr("not transferred: {0}").format(totals.failed))
        return ", ".join(filter(None, parts))
