"""One session's chat as this console knows it: what was said, and what is still on its way."""

from bisect import bisect_left
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from rescue_console.protocol.answers import ChatMessage


class Unsent(Struct, frozen=True):
    """A message that the server has not taken yet; ``problem`` says why it will not."""

    key: str
    text: str
    at: datetime
    problem: str = ""


class ChatLog:
    """Messages in the server's order, each once; those on their way in the order of writing.

    Args:
        my_id: The technician whose messages on their way it keeps.
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
        """Keep a message until the server has taken it."""
        self.unsent.append(Unsent(key, text, at))

    @property
    def next_unsent(self) -> Unsent | None:
        """The message to be sent next, if any."""
        return next((one for one in self.unsent if not one.problem), None)

    def refuse(self, key: str, problem: str) -> None:
        """Note why a message was not taken; it waits for the person's decision."""
        self.unsent = [
            replace(one, problem=problem) if one.key == key else one for one in self.unsent
        ]

    def retry(self, key: str) -> None:
        """Let a refused message be sent again, as what is said now."""
        again = [one for one in self.unsent if one.key == key and one.problem]
        for one in again:
            self.unsent.remove(one)
            self.unsent.append(replace(one, problem=""))

    def discard(self, key: str) -> None:
        """Forget a message on its way."""
        self.unsent = [one for one in self.unsent if one.key != key]


def _number(message: ChatMessage) -> int:
    return message.number
