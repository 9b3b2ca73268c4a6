"""Why an e-mail by the Rescue servers has not been sent, in words."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from rescue_console.protocol.answers import Email
from rescue_console.protocol.choices import EmailState
from rescue_console.protocol.email_troubles import Blame, EmailTrouble, blame, read_trouble
from rescue_console.protocol.foreign_text import line

translate = QCoreApplication.translate

_SENTENCES: dict[EmailTrouble, object] = {
    EmailTrouble.RECIPIENT_REFUSED: QT_TRANSLATE_NOOP(
        "EmailTrouble",
        "The mail server does not accept this recipient. Check the address, and send the link to "
        "another one.",
    ),
    EmailTrouble.CONTENT_REFUSED: QT_TRANSLATE_NOOP(
        "EmailTrouble",
        "The mail server does not accept this message. Give the customer a PIN code or the link.",
    ),
    EmailTrouble.ADDRESS_UNUSABLE: QT_TRANSLATE_NOOP(
        "EmailTrouble",
        "The recipient’s address cannot be written in an e-mail. Send the link to another one.",
    ),
    EmailTrouble.SESSION_OVER: QT_TRANSLATE_NOOP(
        "EmailTrouble", "The session ended before the e-mail could be sent."
    ),
    EmailTrouble.SIGN_IN_REFUSED: QT_TRANSLATE_NOOP(
        "EmailTrouble",
        "The mail server does not accept the Rescue server’s user and password.",
    ),
    EmailTrouble.SIGN_IN_NOT_OFFERED: QT_TRANSLATE_NOOP(
        "EmailTrouble",
        "The mail server offers no way to sign in that the Rescue server knows.",
    ),
    EmailTrouble.ENCRYPTION_MISSING: QT_TRANSLATE_NOOP(
        "EmailTrouble",
        "The mail server and the Rescue server do not agree about encryption.",
    ),
    EmailTrouble.CERTIFICATE_REFUSED: QT_TRANSLATE_NOOP(
        "EmailTrouble",
        "The Rescue server does not trust the mail server’s certificate.",
    ),
    EmailTrouble.SENDER_REFUSED: QT_TRANSLATE_NOOP(
        "EmailTrouble", "The mail server does not accept the sender’s address."
    ),
    EmailTrouble.SERVER_REFUSED: QT_TRANSLATE_NOOP(
        "EmailTrouble", "The mail server refuses to send e-mails for the Rescue server."
    ),
    EmailTrouble.UNREACHABLE: QT_TRANSLATE_NOOP(
        "EmailTrouble", "The Rescue server cannot reach the mail server."
    ),
    EmailTrouble.FOLDER_UNWRITABLE: QT_TRANSLATE_NOOP(
        "EmailTrouble", "The Rescue server cannot write the folder for e-mails."
    ),
    EmailTrouble.SERVER_MISTAKE: QT_TRANSLATE_NOOP(
        "EmailTrouble", "The Rescue server made a mistake; its log says more."
    ),
    EmailTrouble.DELAYED: QT_TRANSLATE_NOOP(
        "EmailTrouble", "The mail server asks the Rescue server to try again later."
    ),
    EmailTrouble.NO_ANSWER: QT_TRANSLATE_NOOP(
        "EmailTrouble", "The mail server did not answer in time, or broke off."
    ),
}


def trouble_sentence(trouble: EmailTrouble) -> str:
    """Return what keeps an e-mail from being sent."""
    return translate("EmailTrouble", str(_SENTENCES[trouble]))


def email_blame(email: Email) -> Blame | None:
    """Return who can do something about an e-mail; ``None`` while nothing is wrong with it.

    A server of an earlier version names no trouble: what it still tries is late, and what has
    failed was refused.
    """
    if trouble := read_trouble(email.trouble):
        return blame(trouble)
    if email.state is EmailState.FAILED:
        return Blame.THEIRS
    late = email.state is EmailState.QUEUED and (email.trouble or email.attempts)
    return Blame.LATER if late else None


def email_state_text(email: Email) -> str:
    """Return how far an e-mail that the Rescue servers send has come."""
    whose = email_blame(email)
    if email.state is EmailState.SENT:
        return translate("Session", "e-mail sent")
    if email.state is EmailState.FAILED:
        if whose is Blame.THEIRS:
            return translate("Session", "e-mail failed")
        return translate("Session", "e-mail given up")
    if whose is Blame.OURS:
        return translate("Session", "e-mail held up: tell your IT")
    if whose is Blame.LATER:
        return translate("Session", "e-mail delayed")
    return translate("Session", "e-mail on its way")


def email_explanation(email: Email) -> str:
    """Return why an e-mail is not sent, what comes next, and what the mail server said; or ""."""
    if email.state is EmailState.SENT:
        return ""
    trouble, whose = read_trouble(email.trouble), email_blame(email)
    parts = [trouble_sentence(trouble)] if trouble else []
    if whose is Blame.OURS:
        parts.append(translate("EmailTrouble", "Your IT has to mend this."))
    if email.state is EmailState.QUEUED and whose is not None:
        parts.append(translate("EmailTrouble", "It is tried again by itself."))
    elif whose not in (Blame.THEIRS, None):
        parts.append(
            translate("EmailTrouble", "It is not tried any more: create the session again.")
        )
    if said := line(email.detail):
        parts.append(translate("SessionList", "The mail server says: {0}").format(said))
    return " ".join(parts)
