"""Errors as pages: what a person sees where a program would get problem details."""

import logging
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap

from rescue_console.server.pages.notices import status_notice
from rescue_console.server.pages.render import Pages
from rescue_console.server.pages.visit import UNNAMED, Visit
from rescue_console.server.refusals import Refusal
from rescue_console.server.storage.database import StorageBusy, StorageFull

_BUSY_S = 2
_log = logging.getLogger(__name__)


def wants_page(request: Request[Any, Any, Any]) -> bool:
    """Tell whether an error is for a person: a browser asked, and not for the API."""
    accepted = request.headers.get("accept", "")
    return "text/html" in accepted and not request.url.path.startswith("/api/")


def error_page(
    request: Request[Any, Any, Any], pages: Pages, status: int, retry_after_s: int | None = None
) -> Response[str]:
    """Return the page for an HTTP error. It reads no database: that may be what failed."""
    headers = {"Retry-After": str(retry_after_s)} if retry_after_s is not None else {}
    address = "" if request.method == "GET" else "/"
    return Visit.of(request, pages).notice(
        status_notice(status), UNNAMED, address=address, status=status, headers=headers
    )


def page_errors(pages: Pages) -> ExceptionHandlersMap:
    """Return the exception handlers of the customer's routes."""

    def refused(request: Request[Any, Any, Any], error: Refusal) -> Response[str]:
        return error_page(request, pages, error.problem.status, error.problem.retry_after_s)

    def framework(request: Request[Any, Any, Any], error: HTTPException) -> Response[str]:
        if error.status_code >= 500:
            return unexpected(request, error)
        return error_page(request, pages, error.status_code)

    def storage(request: Request[Any, Any, Any], error: StorageBusy | StorageFull) -> Response[str]:
        full = isinstance(error, StorageFull)
        _log.error("storage %s", "full" if full else "busy")
        return error_page(request, pages, 507 if full else 503, None if full else _BUSY_S)

    def unexpected(request: Request[Any, Any, Any], error: Exception) -> Response[str]:
        _log.error("unexpected error", exc_info=error)
        return error_page(request, pages, 500)

    return {
        Refusal: refused,
        HTTPException: framework,
        StorageBusy: storage,
        StorageFull: storage,
        Exception: unexpected,
    }
