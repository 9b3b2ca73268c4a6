"""Error pages: what a person's browser gets where a program gets problem details."""

from collections.abc import Callable
from typing import Any

from litestar import Request, Response
from litestar.types import ExceptionHandlersMap

from rescue_console.server.pages.notices import status_notice
from rescue_console.server.pages.render import Pages
from rescue_console.server.pages.visit import UNNAMED, Visit

AnyRequest = Request[Any, Any, Any]
_Answer = Callable[[AnyRequest, Any], Response[Any]]


def wants_page(request: AnyRequest) -> bool:
    """Tell whether a person should see the error: a browser asked, and not for the API."""
    accepted = request.headers.get("accept", "")
    return "text/html" in accepted and not request.url.path.startswith("/api/")


def error_page(
    request: AnyRequest, pages: Pages, status: int, headers: dict[str, str]
) -> Response[str]:
    """Return the page for an HTTP error. It does not read the database, which may have failed."""
    address = "" if request.method == "GET" else "/"
    return Visit.of(request, pages).notice(
        status_notice(status), UNNAMED, address=address, status=status, headers=headers
    )


def pages_for_people(handlers: ExceptionHandlersMap, pages: Pages) -> ExceptionHandlersMap:
    """Return *handlers* changed so that a person gets a page with the same HTTP status instead."""

    def shown(answer: Any) -> _Answer:
        def show(request: AnyRequest, error: Any) -> Response[Any]:
            made: Response[Any] = answer(request, error)
            if not wants_page(request):
                return made
            kept = {"retry-after", "allow"}
            headers = {name: value for name, value in made.headers.items() if name.lower() in kept}
            return error_page(request, pages, made.status_code or 500, headers)

        return show

    return {kind: shown(handler) for kind, handler in handlers.items()}
