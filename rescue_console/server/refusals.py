"""Expected refusals: rules raise them, routes answer with their problem details.

``refuse(word, detail, ...)`` makes a ``Refusal``; the word decides its title and HTTP status.
"""

from collections.abc import Sequence
from typing import NamedTuple

from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.problems import PROBLEM_BASE, FieldError, Problem, ProblemWord
from rescue_console.protocol.text import TextRefused, check_address, clean_name


class _Kind(NamedTuple):
    status: int
    title: str


KINDS: dict[ProblemWord, _Kind] = {
    ProblemWord.NOT_SIGNED_IN: _Kind(401, "Not signed in"),
    ProblemWord.WRONG_CREDENTIALS: _Kind(401, "Wrong e-mail address or password"),
    ProblemWord.TOO_MANY_ATTEMPTS: _Kind(429, "Too many attempts"),
    ProblemWord.NOT_ALLOWED: _Kind(403, "Not allowed"),
    ProblemWord.PERMISSION_MISSING: _Kind(403, "Permission missing"),
    ProblemWord.NOT_FOUND: _Kind(404, "Not found"),
    ProblemWord.METHOD_NOT_ALLOWED: _Kind(405, "Method not allowed"),
    ProblemWord.MALFORMED: _Kind(400, "Malformed request"),
    ProblemWord.INVALID: _Kind(400, "Invalid value"),
    ProblemWord.TOO_LARGE: _Kind(413, "Request too large"),
    ProblemWord.UNSUPPORTED_MEDIA: _Kind(415, "Unsupported media type"),
    ProblemWord.STATUS_CONFLICT: _Kind(409, "Not possible in this status"),
    ProblemWord.TAKEN_BY: _Kind(409, "Taken by somebody else"),
    ProblemWord.HELPED_ELSEWHERE: _Kind(409, "Helped from another console"),
    ProblemWord.ALREADY_EXISTS: _Kind(409, "Already exists"),
    ProblemWord.IN_USE: _Kind(409, "Still in use"),
    ProblemWord.KEY_REUSED: _Kind(409, "Idempotency key used for another request"),
    ProblemWord.MAIL_NOT_SET_UP: _Kind(409, "Mail is not set up"),
    ProblemWord.TOO_MANY_MAILS: _Kind(429, "Too many e-mails"),
    ProblemWord.CHAT_FULL: _Kind(409, "Chat is full"),
    ProblemWord.NOT_AVAILABLE: _Kind(409, "Away or busy"),
    ProblemWord.TOO_MANY_ACTIVE: _Kind(409, "Too many active sessions"),
    ProblemWord.STORAGE_BUSY: _Kind(503, "Database busy"),
    ProblemWord.STORAGE_FULL: _Kind(507, "Disk full"),
    ProblemWord.CODES_EXHAUSTED: _Kind(503, "No free code"),
    ProblemWord.INTERNAL: _Kind(500, "Internal error"),
}


class Refusal(Exception):
    """A request is refused for a reason that the caller can act on."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem

    @property
    def word(self) -> str:
        """The stable word of the problem."""
        return self.problem.word


def problem(word: ProblemWord, detail: str) -> Problem:
    """Return the problem details object for *word*."""
    kind = KINDS[word]
    return Problem(type=PROBLEM_BASE + word, title=kind.title, status=kind.status, detail=detail)


def refuse(
    word: ProblemWord,
    detail: str,
    *,
    errors: Sequence[FieldError] = (),
    permission: Permission | None = None,
    holder: str | None = None,
    computer: str | None = None,
    retry_after_s: int | None = None,
) -> Refusal:
    """Return the exception for a refusal with *word*; *detail* says what the caller can do."""
    made = problem(word, detail)
    made.errors = list(errors)
    made.permission = permission
    made.holder = holder
    made.computer = computer
    made.retry_after_s = retry_after_s
    return Refusal(made)


def invalid(where: str, what: str) -> Refusal:
    """Return the exception for one wrong field."""
    return refuse(ProblemWord.INVALID, what, errors=[FieldError(where, what)])


def not_found(what: str) -> Refusal:
    """Return the exception for something that does not exist or that the caller may not see."""
    return refuse(ProblemWord.NOT_FOUND, f"There is no such {what}.")


def check_text(where: str, text: str) -> str:
    """Return the cleaned name in *text*, which must not be empty.

    Raises:
        Refusal: ``invalid``, naming *where*.
    """
    cleaned = check_optional_text(where, text)
    if not cleaned:
        raise invalid(where, "Type a name.")
    return cleaned


def check_optional_text(where: str, text: str) -> str:
    """Return the cleaned name in *text*, which may be empty.

    Raises:
        Refusal: ``invalid``, naming *where*.
    """
    try:
        return clean_name(text)
    except TextRefused as error:
        raise invalid(where, str(error)) from error


def check_email(where: str, text: str) -> str:
    """Return the e-mail address in *text*.

    Raises:
        Refusal: ``invalid``, naming *where*.
    """
    try:
        return check_address(text)
    except TextRefused as error:
        raise invalid(where, str(error)) from error
