"""Why an e-mail by the Rescue servers has not been sent, and who can do something about it."""

from enum import StrEnum
from typing import assert_never


class EmailTrouble(StrEnum):
    """What keeps an e-mail from being sent, or delays it."""

    RECIPIENT_REFUSED = "recipient_refused"
    """The mail server refused the recipient for good."""
    CONTENT_REFUSED = "content_refused"
    """The mail server refused the message itself for good."""
    ADDRESS_UNUSABLE = "address_unusable"
    """The recipient's address cannot be written in an e-mail."""
    SESSION_OVER = "session_over"
    """The session ended before the e-mail could be sent."""

    SIGN_IN_REFUSED = "sign_in_refused"
    """The mail server wants another user or password, or any at all."""
    SIGN_IN_NOT_OFFERED = "sign_in_not_offered"
    """The mail server offers no way to sign in that the Rescue server knows."""
    ENCRYPTION_MISSING = "encryption_missing"
    """One side demands encryption that the other does not offer."""
    CERTIFICATE_REFUSED = "certificate_refused"
    """Encryption failed, mostly because the mail server's certificate is not trusted."""
    SENDER_REFUSED = "sender_refused"
    """The sender's address cannot be used, or the mail server does not accept it."""
    SERVER_REFUSED = "server_refused"
    """The mail server does not serve this server at all."""
    UNREACHABLE = "unreachable"
    """There is no connection to the mail server."""
    FOLDER_UNWRITABLE = "folder_unwritable"
    """The folder that takes the e-mails cannot be written."""
    SERVER_MISTAKE = "server_mistake"
    """The Rescue server made a mistake; its log says more."""

    DELAYED = "delayed"
    """The mail server asks to be tried again later."""
    NO_ANSWER = "no_answer"
    """The mail server did not answer in time, or broke off."""


class Blame(StrEnum):
    """Who can do something about a trouble."""

    THEIRS = "theirs"
    """The technician, with another address or another session: no further attempt is made."""
    OURS = "ours"
    """The organization's IT; attempts go on meanwhile."""
    LATER = "later"
    """Nobody needs to: another attempt will probably go well."""


def blame(trouble: EmailTrouble) -> Blame:
    """Return who can do something about *trouble*."""
    match trouble:
        case (
            EmailTrouble.RECIPIENT_REFUSED
            | EmailTrouble.CONTENT_REFUSED
            | EmailTrouble.ADDRESS_UNUSABLE
            | EmailTrouble.SESSION_OVER
        ):
            return Blame.THEIRS
        case (
            EmailTrouble.SIGN_IN_REFUSED
            | EmailTrouble.SIGN_IN_NOT_OFFERED
            | EmailTrouble.ENCRYPTION_MISSING
            | EmailTrouble.CERTIFICATE_REFUSED
            | EmailTrouble.SENDER_REFUSED
            | EmailTrouble.SERVER_REFUSED
            | EmailTrouble.UNREACHABLE
            | EmailTrouble.FOLDER_UNWRITABLE
            | EmailTrouble.SERVER_MISTAKE
        ):
            return Blame.OURS
        case EmailTrouble.DELAYED | EmailTrouble.NO_ANSWER:
            return Blame.LATER
        case _:
            assert_never(trouble)


def read_trouble(word: str) -> EmailTrouble | None:
    """Return the trouble that *word* stands for; ``None`` when this version does not know it."""
    return EmailTrouble(word) if word in set(EmailTrouble) else None
