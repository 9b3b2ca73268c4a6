"""The console's channel as panes see it; the test opens and closes it and is at its other end."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from rescue_console.protocol.channel import Message


class OpenChannel(QObject):
    """Records what a pane sends, and passes it to ``on_sent``."""

    opened = Signal()
    closed = Signal()
    received = Signal(object)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.is_open = False
        self.code = "1234 5678 9012"
        self.sent: list[Message] = []
        self.on_sent: Callable[[Message], None] = lambda message: None

    def open(self) -> None:
        self.is_open = True
        self.opened.emit()

    def lose(self) -> None:
        self.is_open = False
        self.closed.emit()

    def post(self, message: Message) -> None:
        if self.is_open:
            self.sent.append(message)
            self.on_sent(message)

    async def send(self, message: Message) -> None:
        self.post(message)
