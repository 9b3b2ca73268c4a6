"""What holds for the body of every call, before its fields are looked at."""

from typing import Any

import msgspec
from litestar import Request
from litestar.exceptions import InternalServerException

from rescue_console.protocol.problems import ProblemWord
from rescue_console.server.refusals import refuse

_JSON = "application/json"


async def check_body(request: Request[Any, Any, Any]) -> None:
    """Let pass what can be read as JSON at all; a body that does not say its type may be.

    Raises:
        Refusal: ``unsupported-media`` when it is said to be something else, ``malformed`` when it
            is not UTF-8 or nested beyond all measure (the decoder would fail with other errors).
    """
    try:
        body = await request.body()
    except InternalServerException:
        # The framework's only reason is that the asker has gone, which is no fault of the server.
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
