"""Prepared replies: the list that the technician keeps, as a menu and as a dialog to change it."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QStringListModel, Qt
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from rescue_console.desktop.program.settings import Settings
from rescue_console.desktop.words.links import is_safe_link
from rescue_console.desktop.workspace.chat.ui_replies import Ui_RepliesDialog
from rescue_console.protocol.limits import CHAT_MAX

SHOWN_MAX = 60
"""The most characters of a reply in the menu."""

translate = QCoreApplication.translate


def replies(settings: Settings) -> list[str]:
    """Return the technician's replies, or some common ones until they have made their own."""
    if settings.chat_replies is not None:
        return settings.chat_replies
    return [
        translate("Replies", "Hello, how can I help you?"),
        translate("Replies", "One moment, please."),
        translate("Replies", "Please press Allow in the question that you see now."),
        translate("Replies", "Is there anything else that I can help you with?"),
    ]


def addresses(settings: Settings) -> list[str]:
    """Return the replies that are an address and nothing else."""
    return [reply for reply in replies(settings) if " " not in reply and is_safe_link(reply)]


def fill_menu(menu: QMenu, texts: Sequence[str]) -> None:
    """Fill a menu with *texts*; each entry's data is the whole text."""
    menu.clear()
    for text in texts:
        line = text.split("\n", 1)[0]
        cut = len(line) > SHOWN_MAX or line != text
        shown = line[: SHOWN_MAX - 1] + "…" if cut else line
        menu.addAction(shown.replace("&", "&&")).setData(text)


class RepliesDialog(QDialog):
    """Lets the technician change their replies."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.ui = Ui_RepliesDialog()
        self.ui.setupUi(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.model = QStringListModel(replies(settings), self)
        self.ui.repliesView.setModel(self.model)
        self.ui.repliesView.selectionModel().currentChanged.connect(self._show_current)
        self.ui.replyEdit.textChanged.connect(self._change_current)
        self._show_current()
        self.ui.addButton.clicked.connect(self._add)
        self.ui.removeButton.clicked.connect(self._remove)

    def accept(self) -> None:
        """Store the list."""
        texts = (text.strip()[:CHAT_MAX] for text in self.model.stringList())
        self._settings.chat_replies = [text for text in texts if text]
        super().accept()

    def _add(self) -> None:
        row = self.model.rowCount()
        self.model.insertRow(row)
        index = self.model.index(row)
        self.ui.repliesView.setCurrentIndex(index)
        self.ui.replyEdit.setFocus()

    def _show_current(self) -> None:
        index = self.ui.repliesView.currentIndex()
        self.ui.replyEdit.setPlainText(index.data() or "")
        self.ui.replyEdit.setEnabled(index.isValid())
        self.ui.removeButton.setEnabled(index.isValid())

    def _change_current(self) -> None:
        index = self.ui.repliesView.currentIndex()
        text = self.ui.replyEdit.toPlainText()
        if index.isValid() and index.data() != text:
            self.model.setData(index, text)

    def _remove(self) -> None:
        index = self.ui.repliesView.currentIndex()
        if index.isValid():
            self.model.removeRow(index.row())
