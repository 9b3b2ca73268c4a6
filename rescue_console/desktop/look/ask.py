"""Questions that a person answers with one of two buttons, awaited instead of blocking the loop."""

import asyncio

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

translate = QCoreApplication.translate


async def ask(parent: QWidget, title: str, text: str, yes: str) -> bool:
    """Show a question and return whether it was answered with the button labelled *yes*.

    The other button is Cancel and has the focus, since what is asked about cannot be undone. The
    box closes when the awaiting job is cancelled.
    """
    box = QMessageBox(QMessageBox.Icon.Question, title, text, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    yes_button = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(
        box.addButton(translate("Ask", "Cancel"), QMessageBox.ButtonRole.RejectRole)
    )
    answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def on_finished() -> None:
        if not answer.done():
            answer.set_result(box.clickedButton() is yes_button)

    box.finished.connect(on_finished)
    box.open()
    try:
        return await answer
    finally:
        if not answer.done() or answer.cancelled():
            box.close()


def raise_question(window: QWidget) -> None:
    """Bring the question that is open above a window to the front, if there is one."""
    if window.isMinimized():
        window.showNormal()
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible() and dialog.isModal():
            dialog.raise_()
            dialog.activateWindow()
