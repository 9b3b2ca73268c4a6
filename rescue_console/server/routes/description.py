"""The description of the API as clients get it, made exact where the framework leaves it open."""

from typing import Any

from litestar import Request
from litestar.openapi.plugins import JsonRenderPlugin

from rescue_console.protocol import requests
from rescue_console.protocol.settings import GroupSettings


class ApiDescription(JsonRenderPlugin):
    """Renders the description as JSON; bodies that refuse unknown fields say so."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """Return the description."""
        for name, schema in openapi_schema["components"]["schemas"].items():
            if name in _closed_names():
                schema["additionalProperties"] = False
        return super().render(request, openapi_schema)


def _closed_names() -> set[str]:
    bodies: list[type] = [*requests.Request.__subclasses__(), GroupSettings]
    return {body.__name__ for body in bodies}
