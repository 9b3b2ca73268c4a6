"""The conversations of one sign-in, kept as long as it: what is on its way must arrive.

What has not arrived by then, and what is being written, is on disk for the next sign-in.
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
"""How long after the first new letter what is being written is put on disk."""

_log = logging.getLogger(__name__)


class Conversations(QObject):
    """Makes conversations and tells them what was said.

    Args:
        is_mine: Tells whether the technician has the session with an id: what is written in it
            concerns them though no section shows it.
        kept: Where what has not been sent is kept.

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
            if any(not one.problem for one in chat.unsent):
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
        unsent = (one for chat in self._open.values() for one in chat.log.unsent)
        return sum(not one.problem for one in unsent)

    def unread(self, session_id: str) -> int:
        """Return how many messages of a session's customer have not been looked at."""
        conversation = self._open.get(session_id)
        return 0 if conversation is None else conversation.unread

    def add(self, message: ChatMessage) -> None:
        """Take a message of any session; of others' without a conversation it is read later."""
        session_id = message.session_id
        if session_id in self._open or self._is_mine(session_id):
            self.of(session_id).add(message)

    async def aclose(self) -> None:
        """End all; what has not been sent is on disk."""
        self._rest.stop()
        self._keep_all()
        for conversation in self._open.values():
            await conversation.aclose()
        self._open.clear()

    # What has not been sent, on disk

    def _on_draft(self) -> None:
        # Not started anew by each letter: whoever writes without a pause loses no more.
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
            # It is still in memory, and messages are on their way.
            _log.warning("Unsent chat cannot be kept on disk: %s", error)
        else:
            self._on_disk[session_id] = chat
