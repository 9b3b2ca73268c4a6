"""How a route says that a WebSocket's other side has told who it is.

Until then, the connection counts as one that waits; see Crowd. It is an extension of the ASGI
scope; where the program that serves has none, nothing is counted.
"""

from collections.abc import Callable, Mapping
from typing import Any

WELCOME_EXTENSION = "rescue_console.welcome"
"""Key in the scope's ``extensions`` of a function without arguments."""


def welcome(scope: Mapping[str, Any]) -> None:
    """Say that the other side of *scope*'s connection is known and may stay."""
    extensions: Mapping[str, Any] = scope.get("extensions") or {}
    say: Callable[[], None] | None = extensions.get(WELCOME_EXTENSION)
    if say is not None:
        say()
