"""The API's OpenAPI description, with details added that the framework leaves out."""

from collections.abc import Sequence
from typing import Any

from litestar import Request
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.types import Method

from rescue_console.protocol import requests
from rescue_console.protocol.settings import GroupSettings
from rescue_console.server.routes.examples import EXAMPLES

_JSON = "application/json"
_SUCCESS = {"200": "Done.", "201": "Created.", "202": "Accepted.", "204": "Done; nothing to tell."}


def operation_id(handler: HTTPRouteHandler, _method: Method, _path: Sequence[object]) -> str:
    """Return the name that generated clients give to a call: ``create_session``."""
    return handler.handler_name.rpartition(".")[2]


class ApiDescription(JsonRenderPlugin):
    """Renders the description as JSON.

    It says which bodies refuse unknown fields, and shows an example of each body and answer.
    """

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """Return the description."""
        complete(openapi_schema)
        return super().render(request, openapi_schema)


def complete(description: dict[str, Any]) -> None:
    """Add to a description what the framework leaves out."""
    for name, schema in description["components"]["schemas"].items():
        if name in _closed_names():
            schema["additionalProperties"] = False
    for calls in description["paths"].values():
        for call in calls.values():
            _complete(call)


def _complete(call: dict[str, Any]) -> None:
    """Add examples to a call, and words to its success in place of the framework's."""
    call["description"] = call["description"].replace("``", "`")
    _add_example(call.get("requestBody", {}))
    for status, response in call["responses"].items():
        if status in _SUCCESS:
            response["description"] = _SUCCESS[status]
            _add_example(response)
        for media in response.get("content", {}).values():
            for example in media.get("examples", {}).values():
                # The framework keeps the name of an example inside it, too, which is not allowed.
                example.pop("id", None)


def _add_example(part: dict[str, Any]) -> None:
    media = part.get("content", {}).get(_JSON, {})
    name = media.get("schema", {}).get("$ref", "").rpartition("/")[2]
    if name:
        media["example"] = EXAMPLES[name]


def _closed_names() -> set[str]:
    bodies: list[type] = [*requests.Request.__subclasses__(), GroupSettings]
    return {body.__name__ for body in bodies}
