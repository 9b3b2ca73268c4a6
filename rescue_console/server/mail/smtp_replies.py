"""What a refusal means: whether the recipient, the settings or the moment is wrong."""

import re
import ssl

from aiosmtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPConnectTimeoutError,
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from rescue_console.protocol.email_troubles import EmailTrouble

_ENHANCED = re.compile(r"\s*(5\.\d{1,3}\.\d{1,3})(?=\s|\Z)")

_BY_ENHANCED_CODE = {
    # Source: RFC 3463 and the IANA registry of enhanced status codes.
    **dict.fromkeys(("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"), EmailTrouble.RECIPIENT_REFUSED),
    "5.1.7": EmailTrouble.SENDER_REFUSED,
    "5.1.8": EmailTrouble.SENDER_REFUSED,
    "5.7.8": EmailTrouble.SIGN_IN_REFUSED,
    "5.7.9": EmailTrouble.SIGN_IN_REFUSED,
    "5.7.10": EmailTrouble.ENCRYPTION_MISSING,
    "5.7.11": EmailTrouble.ENCRYPTION_MISSING,
    **dict.fromkeys((f"5.7.{number}" for number in range(20, 28)), EmailTrouble.SENDER_REFUSED),
    # Source: Exchange's "not permitted to send as this sender".
    "5.7.60": EmailTrouble.SENDER_REFUSED,
}
_BY_CODE = {
    # Source: RFC 4954 section 6, RFC 5321 section 4.2.3: commands that the server does not take
    # from us are no fault of the recipient's.
    **dict.fromkeys((500, 502, 503, 504, 555), EmailTrouble.SERVER_REFUSED),
    **dict.fromkeys((530, 534, 535, 538), EmailTrouble.SIGN_IN_REFUSED),
}
_ENCRYPTION = re.compile(r"starttls|\b(?:tls|ssl)\b", re.IGNORECASE)
_SIGN_IN = re.compile(r"authenticat|\blog ?in\b|\bsign in\b|\bAUTH\b", re.IGNORECASE)
_NO_RELAY = re.compile(r"relay|not permitted to (?:send|relay)", re.IGNORECASE)


def reply_trouble(error: SMTPResponseException) -> EmailTrouble:
    """Return what an answer that was not yes means."""
    # Source: RFC 5321 section 4.2.1: 5 as first digit is a permanent negative reply.
    if error.code // 100 != 5:
        return EmailTrouble.DELAYED if error.code > 0 else EmailTrouble.NO_ANSWER
    return _of_settings(error) or _of_step(error)


def silence_trouble(error: Exception) -> EmailTrouble:
    """Return what it means that an attempt failed without an answer."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return EmailTrouble.CERTIFICATE_REFUSED
        cause = cause.__cause__
    if isinstance(error, SMTPConnectTimeoutError | SMTPConnectError):
        return EmailTrouble.UNREACHABLE
    if isinstance(error, SMTPException | TimeoutError | ConnectionError):
        return EmailTrouble.NO_ANSWER
    # What is left comes from the system: the file of certificates cannot be read, for example.
    return EmailTrouble.SERVER_MISTAKE


def _of_settings(error: SMTPResponseException) -> EmailTrouble | None:
    """Return what IT has to mend, if the reply says so whatever step it came at."""
    found = _ENHANCED.match(error.message)
    if found and (trouble := _BY_ENHANCED_CODE.get(found[1])):
        return trouble
    trouble = _BY_CODE.get(error.code)
    if isinstance(error, SMTPAuthenticationError):
        trouble = EmailTrouble.SIGN_IN_REFUSED
    if trouble is EmailTrouble.SIGN_IN_REFUSED and _ENCRYPTION.search(error.message):
        return EmailTrouble.ENCRYPTION_MISSING
    if trouble is EmailTrouble.SERVER_REFUSED and _SIGN_IN.search(error.message):
        return EmailTrouble.SIGN_IN_REFUSED
    if trouble is None and isinstance(error, SMTPRecipientRefused) and _says_no_relay(error):
        return EmailTrouble.SERVER_REFUSED
    return trouble


def _says_no_relay(error: SMTPRecipientRefused) -> bool:
    # The recipient may be called relay@…, and servers repeat it.
    return _NO_RELAY.search(error.message.replace(error.recipient, "")) is not None


def _of_step(error: SMTPResponseException) -> EmailTrouble:
    match error:
        case SMTPSenderRefused():
            return EmailTrouble.SENDER_REFUSED
        case SMTPRecipientRefused():
            return EmailTrouble.RECIPIENT_REFUSED
        case SMTPDataError():
            return EmailTrouble.CONTENT_REFUSED
        case _:
            return EmailTrouble.SERVER_REFUSED
