"""Asks whether to close a session with a customer for good, and for notes on it."""

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from rescue_console.desktop.words.status import customer_name
from rescue_console.desktop.workspace.notes.notebook import Notebook
from rescue_console.desktop.workspace.notes.ui_close import Ui_CloseSessionDialog
from rescue_console.protocol.answers import Session
from rescue_console.protocol.limits import NOTES_MAX


class CloseSessionDialog(QDialog):
    """Asks the question; notes written here are kept whatever the answer.

    Args:
        stake: What would be broken off, in words.
    """

    def __init__(
        self,
        session: Session,
        notebook: Notebook,
        parent: QWidget | None = None,
        *,
        stake: str = "",
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._notebook = notebook
        self.ui = Ui_CloseSessionDialog()
        self.ui.setupUi(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question = self.tr(
            "Close the session with {0} for good? The customer is told that it has ended and "
            "needs a new link or PIN code to come back."
        ).format(customer_name(session))
        self.ui.questionLabel.setText("\n\n".join(filter(None, [question, stake])))
        waiting = notebook.text(session.id)
        self._before = session.notes if waiting is None else waiting
        self.ui.notesEdit.setPlainText(self._before)
        role = QDialogButtonBox.ButtonRole.AcceptRole
        self.close_button = self.ui.buttons.addButton(self.tr("Close session"), role)
        self.close_button.setAutoDefault(False)
        self.ui.buttons.button(QDialogButtonBox.StandardButton.Cancel).setDefault(True)
        self.finished.connect(self._keep_notes)

    def _keep_notes(self) -> None:
        text = self.ui.notesEdit.toPlainText()[:NOTES_MAX]
        if text != self._before:
            self._notebook.write(self._session.id, text)
            self._notebook.send()


async def ask_to_close(
    window: QWidget, session: Session, notebook: Notebook, stake: str = ""
) -> bool:
    """Show the question and return whether the session may be closed."""
    dialog = CloseSessionDialog(session, notebook, window, stake=stake)
    answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def on_finished(result: int) -> None:
        if not answer.done():
            answer.set_result(result == QDialog.DialogCode.Accepted)

    dialog.finished.connect(on_finished)
    dialog.open()
    try:
        return await answer
    finally:
        if answer.cancelled():
            dialog.close()
