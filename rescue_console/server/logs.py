"""Structured logs: one JSON object per line on standard error, with nothing secret in it.

The web server's own access log is off, since it would write links with their codes and keys. Our
log names the matched route instead of the URL.
"""

import logging
import logging.config
import time
from typing import Any

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from rescue_console.server.metrics import Metrics
from rescue_console.server.repeats import CountingHandler

QUIETED = {
    "uvicorn.access": "CRITICAL",
    "uvicorn.error": "WARNING",
    "aiosqlite": "WARNING",
    "alembic": "WARNING",
}
"""The lowest level that these loggers write, whatever log level is set: below it they would write
links, tokens and what people typed."""

HELD = "held"
"""Key in a route's ``opt``: requests are held there until there is news, which is no slowness."""

_requests = logging.getLogger("rescue_console.requests")


def set_up_logs(level: str) -> None:
    """Send the whole process's log to standard error as JSON lines."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": "pythonjsonlogger.json.JsonFormatter",
                    "fmt": "%(levelname)s %(name)s %(message)s",
                    "timestamp": "at",
                    "rename_fields": {"levelname": "level", "name": "part", "message": "said"},
                }
            },
            "handlers": {"stderr": {"()": CountingHandler, "formatter": "json"}},
            "root": {"level": level.upper(), "handlers": ["stderr"]},
            "loggers": {name: {"level": level} for name, level in QUIETED.items()},
        }
    )


def request_log(app: ASGIApp, metrics: Metrics) -> ASGIApp:
    """Wrap *app* so that every answered request is logged and counted by its route."""

    async def logged(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        began_s = time.perf_counter()
        status = 500

        async def send_noting_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await app(scope, receive, send_noting_status)
        finally:
            _note(scope, metrics, status, time.perf_counter() - began_s)

    return logged


def _note(scope: Any, metrics: Metrics, status: int, seconds: float) -> None:
    # The template holds the names of path parameters, never their values.
    route = scope.get("path_template") or "unmatched"
    method = scope["method"]
    metrics.requests.labels(method, route, status).inc()
    if not scope["route_handler"].opt.get(HELD):
        metrics.seconds.labels(method, route).observe(seconds)
    _requests.info(
        "answered",
        extra={"method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1)},
    )
