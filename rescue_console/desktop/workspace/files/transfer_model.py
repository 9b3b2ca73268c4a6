"""The transfers of one session as rows, newest first."""

import time
from collections.abc import Callable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from rescue_console.desktop.look.text_table import Index, TextTable
from rescue_console.desktop.workspace.files.speed import Speed
from rescue_console.desktop.workspace.files.transfer_text import (
    left_text,
    percent,
    size_text,
    speed_text,
    state_text,
)
from rescue_console.peer.files.transfer import Transfer, TransferState
from rescue_console.protocol.foreign_text import line

ROWS_MAX = 30_000
"""The most rows: above it the oldest finished transfers go, as the other side could add forever."""

PERCENT_ROLE = Qt.ItemDataRole.UserRole
"""How much has been transferred, 0 to 100; ``None`` where no bar is to be drawn."""


class TransferColumn(IntEnum):
    """A column of the transfers."""

    NAME = 0
    DIRECTION = 1
    SIZE = 2
    STATE = 3
    SPEED = 4
    LEFT = 5


class TransferModel(TextTable):
    """Shows transfers; call ``show`` after each change of one."""

    columns = TransferColumn

    def __init__(
        self, parent: QObject | None = None, clock_s: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._clock_s = clock_s
        self._transfers: list[Transfer] = []
        self._numbers: dict[int, int] = {}
        self._speeds: dict[int, Speed] = {}

    def show(self, transfer: Transfer) -> None:
        """Show *transfer* as it is now."""
        number = self._numbers.get(id(transfer))
        if number is None:
            number = self._add(transfer)
        speed = self._speeds.get(id(transfer))
        if speed is not None:
            if transfer.state is TransferState.RUNNING:
                speed.look(transfer.done, self._clock_s())
            else:
                speed.rest()
            if transfer.over:
                del self._speeds[id(transfer)]
        row = self._row(number)
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(TransferColumn) - 1))

    def transfer(self, index: Index) -> Transfer:
        """Return the transfer of a row."""
        return self._transfers[len(self._transfers) - 1 - index.row()]

    def clear_over(self) -> None:
        """Remove the transfers that are over."""
        self._keep([transfer for transfer in self._transfers if not transfer.over])

    def _add(self, transfer: Transfer) -> int:
        if len(self._transfers) >= ROWS_MAX:
            half = len(self._transfers) // 2
            old, new = self._transfers[:half], self._transfers[half:]
            self._keep([kept for kept in old if not kept.over] + new)
        self.beginInsertRows(QModelIndex(), 0, 0)
        number = len(self._transfers)
        self._transfers.append(transfer)
        self._numbers[id(transfer)] = number
        self._speeds[id(transfer)] = Speed()
        self.endInsertRows()
        return number

    def _keep(self, transfers: list[Transfer]) -> None:
        self.beginResetModel()
        self._transfers = transfers
        self._numbers = {id(transfer): number for number, transfer in enumerate(transfers)}
        self._speeds = {
            key: speed_of for key, speed_of in self._speeds.items() if key in self._numbers
        }
        self.endResetModel()

    def _row(self, number: int) -> int:
        return len(self._transfers) - 1 - number

    def count(self) -> int:
        """Return the number of transfers."""
        return len(self._transfers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, or its percentage for ``PERCENT_ROLE``."""
        if role != PERCENT_ROLE or not index.isValid():
            return super().data(index, role)
        transfer = self.transfer(index)
        running = transfer.state is TransferState.RUNNING
        bar = running and index.column() == TransferColumn.STATE
        return percent(transfer) if bar else None

    def text(self, index: Index) -> str:
        """Return the text of a cell."""
        transfer, column = self.transfer(index), TransferColumn(index.column())
        known = self._speeds.get(id(transfer))
        speed = known.bytes_per_s if known is not None else 0.0
        match column:
            case TransferColumn.NAME:
                # The name comes from the other side and may hold anything; keep it on one line.
                return line(transfer.name)
            case TransferColumn.DIRECTION:
                incoming, outgoing = self.tr("from the customer"), self.tr("to the customer")
                return incoming if transfer.incoming else outgoing
            case TransferColumn.SIZE:
                return size_text(transfer.size)
            case TransferColumn.STATE:
                return state_text(transfer)
            case TransferColumn.SPEED:
                return speed_text(speed)
            case TransferColumn.LEFT:
                return left_text(transfer, speed)

    def titles(self) -> dict[int, str]:
        """Return the title of each column."""
        return {
            TransferColumn.NAME: self.tr("Name"),
            TransferColumn.DIRECTION: self.tr("Direction"),
            TransferColumn.SIZE: self.tr("Size"),
            TransferColumn.STATE: self.tr("Progress"),
            TransferColumn.SPEED: self.tr("Speed"),
            TransferColumn.LEFT: self.tr("Time left"),
        }
