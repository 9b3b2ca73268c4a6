"""The API's OpenAPI description, with details added that the framework leaves out."""

from typing import Any

from litestar import Request
from litestar.openapi.plugins import JsonRenderPlugin

from rescue_console.protocol import requests
from rescue_console.protocol.settings import GroupSettings


class ApiDescription(JsonRenderPlugin):
    """Renders the description as JSON, and says which bodies refuse unknown fields."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """Return the description."""
        for name, schema in openapi_schema["components"]["schemas"].items():
            if name in _closed_names():
                schema["additionalProperties"] = False
        return super().render(request, openapi_schema)


def _closed_names() -> set[str]:
    bodies: list[type] = [*requests.Request.__subclasses__(), GroupSettings]
    return {body.__name__ for body in bodies}
