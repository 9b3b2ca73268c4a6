"""One session's chat as this console knows it: what was said, and what is still on its way."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from rescue_console.protocol.answers import ChatMessage
from rescue_console.protocol.limits import CHAT_PAGE_SIZE, CHAT_SHOWN_MAX


class Unsent(Struct, frozen=True):
    """A message that the server has not accepted; if it has been refused, ``problem`` says why."""

    key: str
    text: str
    at: datetime
    problem: str = ""


class ChatLog:
    """Part of a chat, at most CHAT_SHOWN_MAX messages without a gap, and what is on its way.

    Messages are in the server's order, each once; those on their way in the order of writing.

    Args:
        my_id: Id of the technician whose messages on their way the log keeps.

    Attributes:
        earlier: Whether the server has messages before the first one here.
        later: Whether it has messages after the last one here.
        newest: Number of the newest message heard of, here or not.
    """

    def __init__(self, my_id: str) -> None:
        self._my_id = my_id
        self.messages: list[ChatMessage] = []
        self.earlier = False
        self.later = False
        self.newest = 0
        self.unsent: list[Unsent] = []

    def add(self, message: ChatMessage) -> bool:
        """Put a message in its place, if that is here; return whether it is new."""
        self._confirm(message)
        newest, self.newest = self.newest, max(self.newest, message.number)
        place = bisect_left(self.messages, message.number, key=_number)
        if place < len(self.messages) and self.messages[place].number == message.number:
            return False
        if (place == 0 and self.earlier) or (place == len(self.messages) and self.later):
            return message.number > newest
        self.messages.insert(place, message)
        if len(self.messages) > CHAT_SHOWN_MAX:
            # A page at once: each time, whoever shows them has to begin anew.
            del self.messages[:CHAT_PAGE_SIZE]
            self.earlier = True
        return True

    def holds(self, number: int) -> bool:
        """Tell whether the message with this number is here."""
        place = bisect_left(self.messages, number, key=_number)
        return place < len(self.messages) and self.messages[place].number == number

    def put_before(self, messages: Sequence[ChatMessage], *, more: bool) -> None:
        """Put earlier messages before the first one; the last ones here make room for them.

        Args:
            messages: The messages just before the first one, oldest first.
            more: Whether there are others before them.
        """
        self.messages = [*messages, *self.messages]
        self.earlier = more
        if len(self.messages) > CHAT_SHOWN_MAX:
            del self.messages[CHAT_SHOWN_MAX:]
            self.later = True

    def start_from(self, messages: Sequence[ChatMessage], *, more: bool) -> list[ChatMessage]:
        """Hold the newest messages, and none before them; return those that are new.

        Args:
            messages: The newest messages when they were read, oldest first.
            more: Whether there are others before them.
        """
        new = [message for message in messages if message.number > self.newest]
        for message in messages:
            self._confirm(message)
        last = messages[-1].number if messages else 0
        since = [message for message in self.messages if message.number > last]
        self.newest = max([self.newest, *(message.number for message in new)])
        self.messages = [*messages, *since][-CHAT_SHOWN_MAX:]
        self.earlier = more or len(self.messages) < len(messages) + len(since)
        self.later = bool(self.messages) and self.messages[-1].number < self.newest
        return new

    def write(self, key: str, text: str, at: datetime) -> None:
        """Keep a message until the server has accepted it."""
        self.unsent.append(Unsent(key, text, at))

    @property
    def next_unsent(self) -> Unsent | None:
        """The message to be sent next, if any."""
        return next((unsent for unsent in self.unsent if not unsent.problem), None)

    def refuse(self, key: str, problem: str) -> None:
        """Note why a message was refused; it waits for the person's decision."""
        self.unsent = [
            replace(unsent, problem=problem) if unsent.key == key else unsent
            for unsent in self.unsent
        ]

    def retry(self, key: str) -> None:
        """Let a refused message be sent again, after all others, as if written now."""
        refused = [unsent for unsent in self.unsent if unsent.key == key and unsent.problem]
        for unsent in refused:
            self.unsent.remove(unsent)
            self.unsent.append(replace(unsent, problem=""))

    def discard(self, key: str) -> None:
        """Forget a message on its way."""
        self.unsent = [unsent for unsent in self.unsent if unsent.key != key]

    def _confirm(self, message: ChatMessage) -> None:
        """Forget that a message is on its way, now that the server has it."""
        if message.technician_id == self._my_id:
            self.discard(message.key)


def _number(message: ChatMessage) -> int:
    return message.number
