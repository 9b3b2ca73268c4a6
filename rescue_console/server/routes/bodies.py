"""Checks that apply to the body of every call, before its fields are decoded."""

from typing import Any

import msgspec
from litestar import Request
from litestar.exceptions import InternalServerException

from rescue_console.protocol.problems import ProblemWord
from rescue_console.server.refusals import refuse

_JSON = "application/json"


async def check_body(request: Request[Any, Any, Any]) -> None:
    """Refuse a body that is not JSON; one without a Content-Type counts as JSON.

    Raises:
        Refusal: ``unsupported-media`` when its Content-Type is another, ``malformed`` when it ends
            early, is not UTF-8, is not JSON, or is nested too deeply (for some of these the
            framework's decoder would fail with unexpected errors).
    """
    try:
        body = await request.body()
    except InternalServerException:
        # The framework raises this only when the client has gone, which is not the server's fault.
        raise refuse(ProblemWord.MALFORMED, "The request ended before its body did.") from None
    if not body:
        return
    kind = request.headers.get("content-type", _JSON).partition(";")[0].strip().lower()
    if kind != _JSON:
        raise refuse(ProblemWord.UNSUPPORTED_MEDIA, f"Send the body as {_JSON}.")
    try:
        body.decode()
        msgspec.json.decode(body, type=msgspec.Raw)
    except UnicodeDecodeError:
        raise refuse(ProblemWord.MALFORMED, "The body is not UTF-8.") from None
    except RecursionError:
        raise refuse(ProblemWord.MALFORMED, "The body is nested too deeply.") from None
    except msgspec.DecodeError as error:
        raise refuse(ProblemWord.MALFORMED, f"The body is not JSON: {error}.") from error
