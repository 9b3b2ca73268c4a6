"""What it means to deliver a message, and the two ways in which delivery can fail.

DeliveryFailed
├── TemporaryFailure    trying again later can help: it is late, or IT can mend the cause
└── PermanentFailure    the mail server refused the message or its recipient for good
"""

from typing import Protocol

from rescue_console.protocol.email_troubles import Blame, EmailTrouble, blame
from rescue_console.protocol.foreign_text import line
from rescue_console.server.mail.message import Message

DETAIL_MAX = 500


class DeliveryFailed(Exception):
    """A message was not delivered.

    Args:
        trouble: Why.
        said: The mail server's own words; empty when it said nothing.
        reason: What a library or the system said, for the log only: it is nobody's answer.
    """

    def __init__(self, trouble: EmailTrouble, said: str = "", reason: str = "") -> None:
        self.trouble = trouble
        self.detail = clean_words(said)
        self.reason = clean_words(reason)
        super().__init__(self.detail or self.reason or trouble.value)


class TemporaryFailure(DeliveryFailed):
    """The message was not accepted now; it may be later."""


class PermanentFailure(DeliveryFailed):
    """The message will never be accepted, so trying again is useless."""


def failure(trouble: EmailTrouble, said: str = "", reason: str = "") -> DeliveryFailed:
    """Return the failure that *trouble* is: what IT can mend is worth another attempt."""
    kind = PermanentFailure if blame(trouble) is Blame.THEIRS else TemporaryFailure
    return kind(trouble, said, reason)


class Transport(Protocol):
    """A way to send messages. May be used by several tasks at once."""

    async def deliver(self, message: Message) -> str:
        """Hand over *message*; when this returns, the other side has accepted it.

        Returns:
            What the other side said, on one line; a mail server names its queue's id there.

        Raises:
            TemporaryFailure: trying later may succeed, or it is unknown whether this try did.
            PermanentFailure: delivery will never succeed.
        """

    async def rest(self) -> None:
        """Close connections that were kept open for the next message."""


def clean_words(words: str) -> str:
    """Return words from outside on one line, without control characters, cut to DETAIL_MAX."""
    # Bytes that were no UTF-8 came as surrogates, which no table and no JSON can hold.
    whole = words.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return line(whole, DETAIL_MAX)
