"""The refusals of the API: RFC 9457 problem details whose type ends in a stable word."""

from enum import StrEnum

from msgspec import Struct, field

PROBLEM_BASE = "urn:rescue-console:problem:"


class ProblemWord(StrEnum):
    """The stable word that a problem's ``type`` ends in."""

    NOT_SIGNED_IN = "not-signed-in"
    WRONG_CREDENTIALS = "wrong-credentials"
    TOO_MANY_ATTEMPTS = "too-many-attempts"
    NOT_ALLOWED = "not-allowed"
    PERMISSION_MISSING = "permission-missing"
    NOT_FOUND = "not-found"
    METHOD_NOT_ALLOWED = "method-not-allowed"
    MALFORMED = "malformed"
    INVALID = "invalid"
    TOO_LARGE = "too-large"
    UNSUPPORTED_MEDIA = "unsupported-media"
    STATUS_CONFLICT = "status-conflict"
    TAKEN_BY = "taken-by"
    HELPED_ELSEWHERE = "helped-elsewhere"
    ALREADY_EXISTS = "already-exists"
    IN_USE = "in-use"
    KEY_REUSED = "key-reused"
    MAIL_NOT_SET_UP = "mail-not-set-up"
    TOO_MANY_MAILS = "too-many-mails"
    CHAT_FULL = "chat-full"
    NOT_AVAILABLE = "not-available"
    TOO_MANY_ACTIVE = "too-many-active"
    STORAGE_BUSY = "storage-busy"
    STORAGE_FULL = "storage-full"
    CODES_EXHAUSTED = "codes-exhausted"
    INTERNAL = "internal"


class FieldError(Struct, frozen=True, omit_defaults=True):
    """One thing wrong with a request: where (``name``, ``settings.mail_text.en``), and what.

    ``line`` and ``column`` count from 1 and are given for texts.
    """

    where: str
    what: str
    line: int | None = None
    column: int | None = None


class Problem(Struct, kw_only=True, omit_defaults=True):
    """An RFC 9457 problem details object.

    Attributes:
        type: URI whose last part is a ProblemWord.
        title: Short English summary of the type.
        status: HTTP status code.
        detail: A sentence that a person can act on.
        errors: Which fields are wrong, and why.
        permission: The missing permission, for ``permission-missing``.
        holder: Who has the session, for ``taken-by``.
        computer: Where the technician helps, for ``helped-elsewhere``, if that is known.
        retry_after_s: Seconds to wait, for ``too-many-attempts`` and ``storage-busy``.
    """

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError] = field(default_factory=list)
    permission: str | None = None
    holder: str | None = None
    computer: str | None = None
    retry_after_s: int | None = None

    @property
    def word(self) -> str:
        """The stable word that ``type`` ends in."""
        return self.type.rpartition(":")[2]
