"""System information as a tree: sections, and the facts in each."""

from enum import IntEnum

from PySide6.QtGui import QStandardItem, QStandardItemModel

from rescue_console.desktop.look.tool_tip import tool_tip
from rescue_console.protocol.channel import Fact


class FactColumn(IntEnum):
    """A column of the facts."""

    NAME = 0
    VALUE = 1


class FactsModel(QStandardItemModel):
    """Shows facts: each section with its facts below it.

    Qt's own items hold the texts, so that filtering, expanding and painting thousands of them do
    not come back to Python for every cell.
    """

    def set_facts(self, facts: list[Fact]) -> None:
        """Show *facts*, grouped by section in the order in which the sections first occur."""
        groups: dict[str, list[Fact]] = {}
        for fact in facts:
            groups.setdefault(fact.section, []).append(fact)
        self.clear()
        self.setHorizontalHeaderLabels([self.tr("Name"), self.tr("Value")])
        for section, lines in groups.items():
            top = _item(section)
            for fact in lines:
                top.appendRow([_item(fact.name), _item(fact.value)])
            # Added last, so that views are notified once for a whole section.
            self.appendRow([top, _item("")])


def _item(text: str) -> QStandardItem:
    item = QStandardItem(text)
    item.setEditable(False)
    item.setToolTip(tool_tip(text))
    return item
