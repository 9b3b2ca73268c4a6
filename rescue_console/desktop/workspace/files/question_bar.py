"""Questions about files, asked inside the section so that typing elsewhere never answers them."""

import asyncio
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QWidget

from rescue_console.desktop.workspace.files.ui_question import Ui_QuestionBar

NO_ANSWER = -1
Answers = tuple[str, str, str]


class QuestionBar(QFrame):
    """Shows one question at a time, with three answers; others wait for their turn.

    It never takes the focus, and it is hidden while nothing is asked.

    Attributes:
        waiting: How many questions have no answer yet.

    Signals:
        waiting_changed: ``waiting`` has changed.
    """

    waiting_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.waiting = 0
        self.ui = Ui_QuestionBar()
        self.ui.setupUi(self)
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self.buttons = (self.ui.firstButton, self.ui.secondButton, self.ui.thirdButton)
        for place, button in enumerate(self.buttons):
            # Enter pressed elsewhere must not answer, in a dialog either.
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, place=place: self._on_clicked(place))
        self._turn = asyncio.Lock()
        self._answer: asyncio.Future[int] | None = None
        self.hide()

    async def ask(self, text: str, answers: Answers, is_needed: Callable[[], bool]) -> int:
        """Return the place among *answers* of the one that was given.

        Cancelling the job that awaits it removes the question.

        Returns:
            ``NO_ANSWER`` if the question is no longer needed when its turn comes.
        """
        self._count(1)
        try:
            async with self._turn:
                return await self._show(text, answers) if is_needed() else NO_ANSWER
        finally:
            self._count(-1)

    def _count(self, more: int) -> None:
        self.waiting += more
        self.waiting_changed.emit()

    async def _show(self, text: str, answers: Answers) -> int:
        self._answer = asyncio.get_running_loop().create_future()
        for button, label in zip(self.buttons, answers, strict=True):
            button.setText(label)
        self.show()
        self.ui.message.say(text)
        try:
            return await self._answer
        finally:
            self._answer = None
            self.ui.message.say("")
            self.hide()

    def _on_clicked(self, place: int) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(place)
