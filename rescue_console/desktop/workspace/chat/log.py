"""One session's chat as this console knows it: what was said, and what is still on its way."""

from bisect import bisect_left
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from rescue_console.protocol.answers import ChatMessage


class Unsent(Struct, frozen=True):
    """A message that the server has not accepted; if it has been refused, ``problem`` says why."""

    key: str
    text: str
    at: datetime
    problem: str = ""


class ChatLog:
    """Messages in the server's order, each once; those on their way in the order of writing.

    Args:
        my_id: Id of the technician whose messages on their way the log keeps.
    """

    def __init__(self, my_id: str) -> None:
        self._my_id = my_id
        self.messages: list[ChatMessage] = []
        self.unsent: list[Unsent] = []

    def add(self, message: ChatMessage) -> bool:
        """Put a message in its place; return whether it is new here."""
        if message.technician_id == self._my_id:
            self.discard(message.key)
        place = bisect_left(self.messages, message.number, key=_number)
        if place < len(self.messages) and self.messages[place].number == message.number:
            return False
        self.messages.insert(place, message)
        return True

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


def _number(message: ChatMessage) -> int:
    return message.number
