"""All routes of the real application, read from the application so that none can be forgotten."""

import functools
from pathlib import Path
from typing import NamedTuple

from litestar.routes import HTTPRoute, WebSocketRoute

from rescue_console.server.app import build_app
from rescue_console.server.clock import system_clock
from rescue_console.server.options import ServeOptions
from rescue_console.server.parts import Parts
from rescue_console.server.routes.access import PUBLIC
from rescue_console.server.storage.database import Database

NO_ID = "0" * 32


class Route(NamedTuple):
    """One method of one path template, and whether it is open to everybody."""

    method: str
    template: str
    public: bool

    @property
    def path(self) -> str:
        """A path that matches the template, with ids of things that do not exist."""
        parts = self.template.split("/")
        return "/".join(NO_ID if part.startswith("{") else part for part in parts)

    @property
    def is_api(self) -> bool:
        """Whether it belongs to the API rather than to the customer's pages."""
        return self.template.startswith("/api/")


@functools.cache
def all_routes() -> list[Route]:
    """Return every route of the application, except for OPTIONS."""
    parts = Parts(ServeOptions(data=Path()), Database("sqlite:///unused"), system_clock, "http://x")
    found = []
    for route in build_app(parts, []).routes:
        if isinstance(route, HTTPRoute):
            found += [
                Route(str(method), route.path_format, bool(handler.opt.get(PUBLIC)))
                for handler in route.route_handlers
                for method in handler.http_methods
                if method != "OPTIONS"
            ]
        elif isinstance(route, WebSocketRoute):
            opt = route.route_handler.opt
            found.append(Route("WEBSOCKET", route.path_format, bool(opt.get(PUBLIC))))
    return sorted(found)


def closed_routes() -> list[Route]:
    """Return the routes that require the caller to identify themselves."""
    return [route for route in all_routes() if not route.public]
