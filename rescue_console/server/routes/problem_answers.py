"""Turns refusals and the framework's own errors into RFC 9457 answers, and documents them."""

import logging
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example
from litestar.types import ExceptionHandlersMap

from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.problems import FieldError, Problem, ProblemWord
from rescue_console.server.refusals import KINDS, Refusal, problem
from rescue_console.server.routes.problem_sentences import PROBLEM_SENTENCES
from rescue_console.server.storage.database import StorageError, StorageFull

API_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
"""Headers of all the API's answers: no cache keeps them, and no browser guesses their type."""

_SHOWN_AS = {"idempotency_key": "Idempotency-Key"}
"""The names that parameters have in a request."""

PROBLEM_JSON = "application/problem+json"
_log = logging.getLogger(__name__)

_BY_STATUS = {
    400: ProblemWord.MALFORMED,
    401: ProblemWord.NOT_SIGNED_IN,
    403: ProblemWord.NOT_ALLOWED,
    404: ProblemWord.NOT_FOUND,
    405: ProblemWord.METHOD_NOT_ALLOWED,
    413: ProblemWord.TOO_LARGE,
    415: ProblemWord.UNSUPPORTED_MEDIA,
}


_USUAL = {
    400: (ProblemWord.MALFORMED, ProblemWord.INVALID),
    401: (ProblemWord.NOT_SIGNED_IN,),
    403: (ProblemWord.PERMISSION_MISSING,),
    404: (ProblemWord.NOT_FOUND,),
    413: (ProblemWord.TOO_LARGE,),
    415: (ProblemWord.UNSUPPORTED_MEDIA,),
    429: (ProblemWord.TOO_MANY_ATTEMPTS,),
    500: (ProblemWord.INTERNAL,),
    503: (ProblemWord.STORAGE_BUSY,),
    507: (ProblemWord.STORAGE_FULL,),
}
"""The words that a status means for almost every call."""


def documented(*known: int | ProblemWord) -> dict[int, ResponseSpec]:
    """Return the OpenAPI description of the problems that a call can answer with.

    500 and 503 can happen to every call, and 507 to every call that writes; all three are always
    included.

    Args:
        known: The statuses that mean the usual, and the words of the others.
    """
    words: dict[int, list[ProblemWord]] = {}
    for one in (*known, 500, 503, 507):
        for word in [one] if isinstance(one, ProblemWord) else _USUAL[one]:
            words.setdefault(KINDS[word].status, []).append(word)
    return {status: _described(*of_status) for status, of_status in words.items()}


def _described(*words: ProblemWord) -> ResponseSpec:
    return ResponseSpec(
        data_container=Problem,
        generate_examples=False,
        media_type=PROBLEM_JSON,
        description="; ".join(f"`{word}`: {KINDS[word].title}" for word in words),
        examples=[Example(id=word.value, value=_example(word)) for word in words],
    )


def _example(word: ProblemWord) -> Any:
    made = problem(word, PROBLEM_SENTENCES[word])
    if word is ProblemWord.PERMISSION_MISSING:
        made.permission = Permission.TRANSFER_SESSIONS
    if word is ProblemWord.TAKEN_BY:
        made.holder = "Bob Stone"
    if word in (ProblemWord.TOO_MANY_ATTEMPTS, ProblemWord.TOO_MANY_MAILS):
        made.retry_after_s = 300
    if word is ProblemWord.STORAGE_BUSY:
        made.retry_after_s = 2
    if word is ProblemWord.INVALID:
        made.errors = [FieldError("name", "Expected `str`, got `int`")]
    return msgspec.to_builtins(made)


def answer(made: Problem) -> Response[bytes]:
    """Return the problem *made* as a response."""
    headers = dict(API_HEADERS)
    if made.retry_after_s is not None:
        headers["Retry-After"] = str(made.retry_after_s)
    if made.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(
        msgspec.json.encode(made),
        status_code=made.status,
        media_type=PROBLEM_JSON,
        headers=headers,
    )


def _refused(_: Request[Any, Any, Any], error: Refusal) -> Response[bytes]:
    return answer(error.problem)


def _framework(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    word = _BY_STATUS.get(error.status_code)
    if word is None:
        return _unexpected(request, error)
    made = problem(word, error.detail or KINDS[word].title)
    if isinstance(error, ValidationException):
        made = problem(ProblemWord.INVALID, error.detail)
        made.errors = _field_errors(error.extra)
        if made.errors:
            made.detail = f"{made.errors[0].where}: {made.errors[0].what}"
    response = answer(made)
    if error.headers and "allow" in {name.lower() for name in error.headers}:
        response.headers.update(error.headers)
    return response


def _field_errors(extra: Any) -> list[FieldError]:
    if not isinstance(extra, list):
        return []
    return [
        FieldError(_shown(str(item.get("key", ""))), str(item.get("message", "")))
        for item in extra
        if isinstance(item, dict)
    ]


def _shown(key: str) -> str:
    return _SHOWN_AS.get(key, key)


async def add_api_headers(response: Response[Any]) -> Response[Any]:
    """Add the API's headers to an answer that is not a problem."""
    response.headers.update(API_HEADERS)
    return response


def _storage(_: Request[Any, Any, Any], error: StorageError) -> Response[bytes]:
    full = isinstance(error, StorageFull)
    _log.error("storage trouble: %s", error)
    made = problem(ProblemWord.STORAGE_FULL if full else ProblemWord.STORAGE_BUSY, error.words)
    made.retry_after_s = None if full else 2
    return answer(made)


def _unexpected(_: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    _log.error("unexpected error", exc_info=error)
    return answer(
        problem(
            ProblemWord.INTERNAL,
            "Something unexpected went wrong on the server; its log says more. Try again.",
        )
    )


EXCEPTION_HANDLERS: ExceptionHandlersMap = {
    Refusal: _refused,
    HTTPException: _framework,
    StorageError: _storage,
    Exception: _unexpected,
}
