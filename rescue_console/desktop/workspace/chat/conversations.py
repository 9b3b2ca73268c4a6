"""The conversations of one sign-in, kept as long as it: what is on its way must arrive."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from rescue_console.desktop.calls import Calls
from rescue_console.desktop.workspace.chat.conversation import Conversation
from rescue_console.protocol.answers import ChatMessage


class Conversations(QObject):
    """Makes conversations and tells them what was said.

    Args:
        is_mine: Tells whether the technician has the session with an id: what is written in it
            concerns them though no section shows it.

    Signals:
        unseen: The customer of the session with this id has written, and nobody looked.
        unread_changed: ``unread`` of the session with this id has another value.
        failed: Something happened that is a fault of this program, already logged.
    """

    unseen = Signal(str)
    unread_changed = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        my_id: str,
        calls: Calls,
        is_mine: Callable[[str], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._my_id = my_id
        self._calls = calls
        self._is_mine = is_mine
        self._online = False
        self._open: dict[str, Conversation] = {}

    def of(self, session_id: str) -> Conversation:
        """Return the conversation of a session, the same one every time."""
        known = self._open.get(session_id)
        if known is None:
            known = Conversation(session_id, self._my_id, self._calls, self)
            known.failed.connect(self.failed)
            known.unseen.connect(lambda: self.unseen.emit(session_id))
            known.unread_changed.connect(lambda: self.unread_changed.emit(session_id))
            self._open[session_id] = known
            known.set_online(self._online)
        return known

    def set_online(self, online: bool) -> None:
        """Take over whether the console is connected."""
        self._online = online
        for conversation in self._open.values():
            conversation.set_online(online)

    def unread(self, session_id: str) -> int:
        """Return how many messages of a session's customer have not been looked at."""
        conversation = self._open.get(session_id)
        return 0 if conversation is None else conversation.unread

    def take(self, message: ChatMessage) -> None:
        """Take a message of any session; of others' without a conversation it is read later."""
        session_id = message.session_id
        if session_id in self._open or self._is_mine(session_id):
            self.of(session_id).take(message)

    async def aclose(self) -> None:
        """End all."""
        for conversation in self._open.values():
            await conversation.aclose()
        self._open.clear()
