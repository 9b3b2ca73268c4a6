"""The conversations of one sign-in, kept as long as it: what is on its way must arrive."""

from PySide6.QtCore import QObject, Signal

from rescue_console.desktop.calls import Calls
from rescue_console.desktop.workspace.chat.conversation import Conversation
from rescue_console.protocol.answers import ChatMessage


class Conversations(QObject):
    """Makes conversations and tells them what was said.

    Signals:
        failed: Something happened that is a fault of this program, already logged.
    """

    failed = Signal(object)

    def __init__(self, my_id: str, calls: Calls, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._my_id = my_id
        self._calls = calls
        self._online = False
        self._open: dict[str, Conversation] = {}

    def of(self, session_id: str) -> Conversation:
        """Return the conversation of a session, the same one every time."""
        known = self._open.get(session_id)
        if known is None:
            known = Conversation(session_id, self._my_id, self._calls, self)
            known.failed.connect(self.failed)
            self._open[session_id] = known
            known.set_online(self._online)
        return known

    def set_online(self, online: bool) -> None:
        """Take over whether the console is connected."""
        self._online = online
        for conversation in self._open.values():
            conversation.set_online(online)

    def take(self, message: ChatMessage) -> None:
        """Take a message of any session; of those without a conversation it is read later."""
        if (conversation := self._open.get(message.session_id)) is not None:
            conversation.take(message)

    async def aclose(self) -> None:
        """End all."""
        for conversation in self._open.values():
            await conversation.aclose()
        self._open.clear()
