"""A question with several answers, awaited instead of blocking the loop."""

import asyncio
from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


async def choose(
    parent: QWidget, title: str, text: str, answers: Mapping[str, QMessageBox.ButtonRole]
) -> int:
    """Show a question and return the place of the answer among *answers*; -1 = none was given.

    The box goes when the awaiting job is cancelled.
    """
    box = QMessageBox(QMessageBox.Icon.Question, title, text, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    buttons = [box.addButton(label, role) for label, role in answers.items()]
    chosen: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def on_finished() -> None:
        if not chosen.done():
            clicked = box.clickedButton()
            chosen.set_result(buttons.index(clicked) if clicked in buttons else -1)

    box.finished.connect(on_finished)
    box.open()
    try:
        return await chosen
    finally:
        if not chosen.done() or chosen.cancelled():
            box.close()
