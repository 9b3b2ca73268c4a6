"""One session's chat, as exchanged with the server: read, sent, and caught up on after a loss.

A conversation outlives the section that shows it, so that messages on their way arrive even if
the session is put on hold meanwhile.
"""

import asyncio
import logging
import random
from collections.abc import AsyncGenerator, Callable, Coroutine, Sequence
from datetime import UTC, datetime
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Signal

from rescue_console.desktop.link.calls import Calls
from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.words.error import error_text
from rescue_console.desktop.workspace.chat.kept import KeptChat
from rescue_console.desktop.workspace.chat.log import ChatLog
from rescue_console.network.errors import ClientError, SignedOut, Unreachable
from rescue_console.network.pauses import growing_pauses
from rescue_console.protocol.answers import ChatMessage, ChatPage
from rescue_console.protocol.limits import CHAT_PAGE_SIZE
from rescue_console.protocol.requests import SendChat, SendSignal
from rescue_console.protocol.signals import SignalKind

TYPING_EVERY_MS = 3_000
"""The shortest time between two signals to the customer's side that somebody is writing here."""

NOTHING_KEPT = KeptChat()
_END = 2**53
"""A number above that of every message."""

_log = logging.getLogger(__name__)


class Conversation(QObject):
    """One session's chat: every message is delivered once and in order.

    Args:
        kept: What was written earlier and has not been sent.

    Attributes:
        log: What was said, as much of it as is shown, and what is on its way.
        trouble: Why the chat could not be read, in words; empty when it could.
        unread: How many messages from the customer have arrived and not been seen.

    Signals:
        changed: ``log`` or ``trouble`` has changed.
        draft_changed: ``draft`` has changed.
        arrived: The customer's side has just written this ``ChatMessage``; whoever shows it while
            somebody is looking calls ``see`` at once.
        unread_changed: ``unread`` has changed.
        unseen: The customer's side has written, and nobody was looking.
        failed: Something happened that is a fault of this program, already logged.
    """

    changed = Signal()
    draft_changed = Signal()
    arrived = Signal(object)
    unread_changed = Signal()
    unseen = Signal()
    failed = Signal(object)

    def __init__(
        self,
        session_id: str,
        standing: Standing,
        calls: Calls,
        kept: KeptChat = NOTHING_KEPT,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.session_id = session_id
        self.log = ChatLog(standing.me.id)
        self.log.unsent = [*kept.unsent]
        self._draft = kept.draft
        self.trouble = ""
        self.unread = 0
        self.jobs = Jobs(self)
        self.jobs.failed.connect(self.failed)
        self._calls = calls
        self._standing = standing
        self._read_to: int | None = None
        """The message number up to which nothing is missing; ``None`` before the first reading."""
        self._reading: asyncio.Task[None] | None = None
        self._turning: asyncio.Task[None] | None = None
        self._sending: asyncio.Task[None] | None = None
        self._typing_rest = QTimer(self, singleShot=True, interval=TYPING_EVERY_MS)
        standing.online_changed.connect(self._catch_up)
        self._catch_up()

    @property
    def draft(self) -> str:
        """What is being written, kept for when the section is opened again."""
        return self._draft

    @draft.setter
    def draft(self, text: str) -> None:
        if text != self._draft:
            self._draft = text
            self.draft_changed.emit()

    def _catch_up(self) -> None:
        """Read and send what had to wait for a connection."""
        if self._standing.online:
            # Cut short any pause after a failure; the messages' keys make it safe to send twice.
            for task in (self._reading, self._sending):
                if task is not None:
                    task.cancel()
            self._reading = self._sending = None
            self.read()
            self._send()

    def read(self) -> None:
        """Read what has been written since the last reading."""
        if self._reading is None or self._reading.done():
            self._reading = self.jobs.start(self._read(), "read chat")

    def read_earlier(self) -> None:
        """Show the messages before the first one shown, too."""
        self._turn(self._read_earlier)

    def read_latest(self) -> None:
        """Show the newest messages again, after earlier ones have been shown."""
        self._turn(self._read_latest)

    async def pages(self) -> AsyncGenerator[Sequence[ChatMessage], None]:
        """Yield the whole chat, oldest messages first, one page after the other.

        Raises:
            ClientError: the server was asked for messages that are not in the log, in vain.
        """
        if not (self.log.earlier or self.log.later):
            yield list(self.log.messages)
            return
        after, more = 0, True
        while more:
            page = await self._calls.chat(self.session_id, after)
            more = page.more and bool(page.items)
            if page.items:
                yield page.items
                after = page.items[-1].number

    def add(self, message: ChatMessage) -> None:
        """Add a message that has just been written."""
        if message.session_id == self.session_id and self.log.add(message):
            self.changed.emit()
            self._arrive([message])

    def see(self) -> None:
        """Mark all messages as seen."""
        if self.unread:
            self.unread = 0
            self.unread_changed.emit()

    def say(self, text: str) -> None:
        """Send *text*; it is kept until the server has accepted it."""
        self.log.write(uuid4().hex, text, datetime.now(UTC))
        if self.log.later:
            self.read_latest()
        self._typing_rest.stop()
        self.changed.emit()
        self._send()

    def retry(self, key: str) -> None:
        """Send a refused message again."""
        self.log.retry(key)
        self.changed.emit()
        self._send()

    def discard(self, key: str) -> None:
        """Forget a refused message."""
        self.log.discard(key)
        self.changed.emit()

    def tell_typing(self) -> None:
        """Let the customer's side know, every now and then, that somebody is writing here."""
        if self._standing.online and not self._typing_rest.isActive():
            self._typing_rest.start()
            self.jobs.start(self._tell_typing(), "tell typing")

    async def aclose(self) -> None:
        """Stop reading and sending."""
        self._standing.online_changed.disconnect(self._catch_up)
        self._typing_rest.stop()
        await self.jobs.aclose()

    async def _read(self) -> None:
        """Try to read until it works, for as long as there is a connection."""
        pauses = growing_pauses(random.random)
        while True:
            try:
                after = self._read_to or 0
                self._add_page(await self._calls.chat(self.session_id, after, _END))
                return
            except ClientError as error:
                _log.info("The chat could not be read: %s", error)
                self._set_trouble(error_text(error))
                if not (self._standing.online and isinstance(error, Unreachable)):
                    return
            await asyncio.sleep(next(pauses))

    def _add_page(self, page: ChatPage) -> None:
        first = self._read_to is None
        # Messages between those that are here and those of the page are read when they are wanted.
        gap = page.more and not self.log.later and not self.log.holds(page.items[0].number)
        if gap and not first:
            new = self.log.start_from(page.items, more=True)
        else:
            new = [message for message in page.items if self.log.add(message)]
            if first:
                self.log.earlier = self.log.earlier or page.more
        self._read_to = max([self._read_to or 0, *(message.number for message in page.items)])
        self.trouble = ""
        self.changed.emit()
        if not first:
            self._arrive(new)

    def _arrive(self, messages: list[ChatMessage]) -> None:
        for message in messages:
            if message.technician_id is None:
                self.unread += 1
                self.unread_changed.emit()
                self.arrived.emit(message)
                if self.unread:
                    self.unseen.emit()

    def _turn(self, to: Callable[[], Coroutine[None, None, None]]) -> None:
        if self._turning is None or self._turning.done():
            self._turning = self.jobs.start(self._turn_to(to), "read other pages of the chat")

    async def _turn_to(self, to: Callable[[], Coroutine[None, None, None]]) -> None:
        try:
            await to()
        except ClientError as error:
            _log.info("Another page of the chat could not be read: %s", error)
            self._set_trouble(error_text(error))
        else:
            self._set_trouble("")

    async def _read_earlier(self) -> None:
        if not self.log.messages:
            return
        first = self.log.messages[0].number
        page = await self._calls.chat(self.session_id, 0, first)
        # A server of version 0.1 returns the whole chat.
        items = [message for message in page.items if message.number < first]
        if self.log.messages[0].number == first:
            more = page.more or len(items) > CHAT_PAGE_SIZE
            self.log.put_before(items[-CHAT_PAGE_SIZE:], more=more)

    async def _read_latest(self) -> None:
        page = await self._calls.chat(self.session_id, 0, _END)
        self._arrive(self.log.start_from(page.items, more=page.more))

    def _set_trouble(self, text: str) -> None:
        self.trouble = text
        self.changed.emit()

    def _send(self) -> None:
        if self._sending is None or self._sending.done():
            self._sending = self.jobs.start(self._send_all(), "send chat")

    async def _send_all(self) -> None:
        """Send one message after the other, so that they arrive in the order of writing."""
        pauses = growing_pauses(random.random)
        while (unsent := self.log.next_unsent) is not None:
            try:
                request = SendChat(text=unsent.text, key=unsent.key)
                self.add(await self._calls.say(self.session_id, request))
            except SignedOut:
                return
            except Unreachable as error:
                _log.info("A chat message could not be sent yet: %s", error)
                if not self._standing.online:
                    return
                await asyncio.sleep(next(pauses))
            except ClientError as error:
                self.log.refuse(unsent.key, error_text(error))
                self.changed.emit()

    async def _tell_typing(self) -> None:
        try:
            await self._calls.send_signal(self.session_id, SendSignal(kind=SignalKind.TYPING))
        except ClientError as error:
            # The next signal follows soon; nobody needs to know.
            _log.debug("The typing signal could not be sent: %s", error)
