"""Says in the person's language what went wrong between this program and the server."""

from PySide6.QtCore import QCoreApplication

from rescue_console.desktop.words.permission import permission_text
from rescue_console.desktop.words.seat import elsewhere_text
from rescue_console.network.errors import ClientError, Refused, SignedOut, Unreachable, Why
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.problems import Problem, ProblemWord

translate = QCoreApplication.translate


def error_text(error: ClientError) -> str:
    """Return one or two sentences on *error* that a person can act on."""
    match error:
        case Unreachable():
            return unreachable_text(error.why, error.proxy)
        case Refused():
            return problem_text(error.problem)
        case SignedOut():
            return translate("ErrorText", "Your sign-in has ended. Please sign in again.")
        case _:
            return translate(
                "ErrorText",
                "The answer was not understood. Check that the address is that of a Rescue server "
                "and that this program is up to date.",
            )


def unreachable_text(why: Why, proxy: str = "") -> str:
    """Return why the server cannot be reached and what to try; *proxy* names the one in between."""
    return {
        Why.NAME_UNKNOWN: translate(
            "ErrorText",
            "No server has this name. Check the address for typing errors and this computer's "
            "network connection.",
        ),
        Why.CONNECTION_REFUSED: translate(
            "ErrorText",
            "Nothing answers at this address. Check the address and its port number, or ask "
            "whether the server is running.",
        ),
        Why.TIMED_OUT: translate(
            "ErrorText", "The server did not answer in time. Check the network and try again."
        ),
        Why.CERTIFICATE_EXPIRED: translate(
            "ErrorText",
            "The server's security certificate has expired, or this computer's clock is wrong. "
            "Nothing was sent.",
        ),
        Why.CERTIFICATE_NAME: translate(
            "ErrorText",
            "The server's security certificate is for another name. Check the address. Nothing "
            "was sent.",
        ),
        Why.CERTIFICATE_UNTRUSTED: translate(
            "ErrorText",
            "The server's security certificate comes from an issuer that this computer does not "
            "trust. Ask your IT department. Nothing was sent.",
        ),
        Why.NOT_TLS: translate(
            "ErrorText",
            "The server does not offer a secure connection at this address. Check the address "
            "and its port number.",
        ),
        Why.LOST: translate(
            "ErrorText", "The connection to the server was lost. Please try again."
        ),
        Why.UNAVAILABLE: translate(
            "ErrorText", "The server is not ready at the moment. Please try again shortly."
        ),
        Why.PROXY_UNUSABLE: translate(
            "ErrorText",
            "This computer is set to use the proxy {0}, which this program cannot use. Only HTTP "
            "proxies can be used: ask your IT department.",
        ),
        Why.PROXY_UNREACHABLE: translate(
            "ErrorText",
            "The proxy {0}, which this computer is set to use, cannot be reached. Check the proxy "
            "settings and the network connection.",
        ),
        Why.PROXY_SIGN_IN: translate(
            "ErrorText",
            "The proxy {0} wants a user name and a password, or does not accept those that are "
            "set. Ask your IT department.",
        ),
        Why.PROXY_REFUSED: translate(
            "ErrorText",
            "The proxy {0} does not let the connection to the server through. Check the server's "
            "address, and ask your IT department to allow it.",
        ),
    }[why].replace("{0}", proxy)


def offline_text(why: Why, proxy: str = "") -> str:
    """Return the sentence that the connection is down, with the reason where that helps."""
    text = translate(
        "ErrorText", "There is no connection to the server. It is tried again by itself."
    )
    if why in (Why.LOST, Why.CONNECTION_REFUSED, Why.UNAVAILABLE, Why.TIMED_OUT):
        return text
    return f"{text} {unreachable_text(why, proxy)}"


def problem_text(problem: Problem) -> str:
    """Return why the server refused, in its own words where none are known here."""
    match problem.word:
        case ProblemWord.WRONG_CREDENTIALS:
            return translate("ErrorText", "The e-mail address or the password is not right.")
        case ProblemWord.TOO_MANY_ATTEMPTS:
            return too_many_attempts_text(problem.retry_after_s or 1)
        case ProblemWord.TOO_MANY_MAILS if problem.retry_after_s:
            return translate(
                "ErrorText",
                "You have sent as many e-mails as you may within an hour. Try again in {0} min, "
                "use your own mail client, or read out a PIN code.",
            ).format(-(-problem.retry_after_s // 60))
        case ProblemWord.TOO_MANY_MAILS:
            return translate(
                "ErrorText",
                "This session has sent as many e-mails as it may. Create a new session.",
            )
        case ProblemWord.CHAT_FULL:
            return translate(
                "ErrorText",
                "The chat of this session is full. Create a new session to go on writing.",
            )
        case ProblemWord.PERMISSION_MISSING if problem.permission in set(Permission):
            wanted = permission_text(Permission(problem.permission))
            return translate("ErrorText", "Your group lacks the permission “{0}”.").format(wanted)
        case ProblemWord.TAKEN_BY if problem.holder:
            return translate("ErrorText", "{0} already has this session.").format(problem.holder)
        case ProblemWord.HELPED_ELSEWHERE:
            return elsewhere_text(problem.computer or "")
        case ProblemWord.NOT_FOUND:
            return translate("ErrorText", "This is no longer there, or you may no longer see it.")
        case ProblemWord.STATUS_CONFLICT:
            return translate("ErrorText", "The session's status has changed in the meantime.")
        case ProblemWord.NOT_AVAILABLE:
            return translate(
                "ErrorText", "Your colleague is away or busy and cannot take a session now."
            )
        case ProblemWord.TOO_MANY_ACTIVE:
            return translate(
                "ErrorText",
                "You have as many active sessions as your group may have at once. Hold, transfer "
                "or close one first.",
            )
        case ProblemWord.STORAGE_BUSY:
            return translate(
                "ErrorText", "The server is busy. Nothing was changed. Please try again."
            )
        case ProblemWord.STORAGE_FULL:
            return translate(
                "ErrorText",
                "The server's disk is full. Nothing was changed. Tell your IT department.",
            )
        case ProblemWord.INTERNAL:
            return translate(
                "ErrorText", "Something went wrong in the server. Nothing was lost here; try again."
            )
        case _:
            return problem.detail


def too_many_attempts_text(seconds: int) -> str:
    """Return the sentence that asks to wait *seconds* before trying again."""
    if seconds < 90:
        return translate("ErrorText", "Too many attempts. Please try again in {0} s.").format(
            seconds
        )
    minutes = -(-seconds // 60)
    return translate("ErrorText", "Too many attempts. Please try again in {0} min.").format(minutes)
