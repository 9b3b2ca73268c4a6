"""The conversations of one sign-in, kept open as long as it lasts so that messages still arrive.

Messages that have not been sent by then, and drafts, are on disk for the next sign-in.
"""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from rescue_console.desktop.link.calls import Calls
from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.workspace.chat.conversation import Conversation
from rescue_console.desktop.workspace.chat.kept import KeptChat, KeptChats, to_keep
from rescue_console.protocol.answers import ChatMessage

KEEP_EVERY_MS = 1_000
"""How long after its first new letter a draft is put on disk."""

_log = logging.getLogger(__name__)


class Conversations(QObject):
    """Makes conversations and passes new messages on to them.

    Args:
        is_mine: Returns whether the technician is the holder of the session with the given id:
            its messages concern them even while no section shows it.
        kept: Where unsent chat is kept.

    Signals:
        unseen: The customer of the session with this id has written, and nobody was looking.
        unread_changed: ``unread`` of the session with this id has changed.
        failed: Something happened that is a fault of this program, already logged.
    """

    unseen = Signal(str)
    unread_changed = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        standing: Standing,
        calls: Calls,
        is_mine: Callable[[str], bool],
        kept: KeptChats,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._standing = standing
        self._calls = calls
        self._is_mine = is_mine
        self._open: dict[str, Conversation] = {}
        self._kept = kept
        self._on_disk = kept.all()
        self._rest = QTimer(self, singleShot=True, interval=KEEP_EVERY_MS)
        self._rest.timeout.connect(self._keep_all)
        for session_id, chat in self._on_disk.items():
            if any(not message.problem for message in chat.unsent):
                self.of(session_id)

    def of(self, session_id: str) -> Conversation:
        """Return the conversation of a session, the same one every time."""
        known = self._open.get(session_id)
        if known is None:
            kept = self._on_disk.get(session_id, KeptChat())
            known = Conversation(session_id, self._standing, self._calls, kept, self)
            known.failed.connect(self.failed)
            known.unseen.connect(lambda: self.unseen.emit(session_id))
            known.unread_changed.connect(lambda: self.unread_changed.emit(session_id))
            self._open[session_id] = known
            known.changed.connect(lambda: self._keep(session_id))
            known.draft_changed.connect(self._on_draft)
        return known

    @property
    def on_the_way(self) -> int:
        """How many messages have been written and are neither sent nor refused."""
        unsent = (message for chat in self._open.values() for message in chat.log.unsent)
        return sum(not message.problem for message in unsent)

    def unread(self, session_id: str) -> int:
        """Return how many messages from a session's customer have not been seen."""
        conversation = self._open.get(session_id)
        return 0 if conversation is None else conversation.unread

    def add(self, message: ChatMessage) -> None:
        """Pass a message of any session on to its conversation.

        If a colleague's session has no conversation here, the message is left out; a conversation
        made later reads it.
        """
        session_id = message.session_id
        if session_id in self._open or self._is_mine(session_id):
            self.of(session_id).add(message)

    async def aclose(self) -> None:
        """End all conversations; what has not been sent is on disk."""
        self._rest.stop()
        self._keep_all()
        for conversation in self._open.values():
            await conversation.aclose()
        self._open.clear()

    # Unsent chat, on disk

    def _on_draft(self) -> None:
        # Later letters do not restart it, so even writing without a pause is kept in time.
        if not self._rest.isActive():
            self._rest.start()

    def _keep_all(self) -> None:
        for session_id in self._open:
            self._keep(session_id)

    def _keep(self, session_id: str) -> None:
        conversation = self._open[session_id]
        chat = to_keep(conversation.draft, conversation.log.unsent)
        if chat == self._on_disk.get(session_id, KeptChat()):
            return
        try:
            if chat == KeptChat():
                self._kept.drop(session_id)
            else:
                self._kept.keep(session_id, chat)
        except OSError as error:
            # Everything is still in memory, and messages are on their way.
            _log.warning("Unsent chat cannot be kept on disk: %s", error)
        else:
            self._on_disk[session_id] = chat
