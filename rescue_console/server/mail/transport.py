"""What it means to deliver a message, and the two ways in which delivery can fail.

DeliveryFailed
├── TemporaryFailure    trying again later can help
└── PermanentFailure    the mail server refused the message for good
"""

from typing import Protocol

from rescue_console.protocol.foreign_text import line
from rescue_console.server.mail.message import Message

DETAIL_MAX = 500


class DeliveryFailed(Exception):
    """A message was not delivered; ``detail`` is one line of the mail server's own words."""

    def __init__(self, words: str) -> None:
        self.detail = clean_words(words)
        super().__init__(self.detail)


class TemporaryFailure(DeliveryFailed):
    """The message was not accepted now; it may be later."""


class PermanentFailure(DeliveryFailed):
    """The message will never be accepted, so trying again is useless."""


class Transport(Protocol):
    """A way to send messages. May be used by several tasks at once."""

    async def deliver(self, message: Message) -> None:
        """Hand over *message*; when this returns, the other side has accepted it.

        Raises:
            TemporaryFailure: trying later may succeed, or it is unknown whether this try did.
            PermanentFailure: delivery will never succeed.
        """

    async def rest(self) -> None:
        """Close connections that were kept open for the next message."""


def clean_words(words: str) -> str:
    """Return a mail server's words on one line, without control characters, cut to DETAIL_MAX."""
    return line(words, DETAIL_MAX)
