"""Parameters that several routes share."""

from typing import Annotated

from litestar.openapi.spec import Example
from litestar.params import HeaderParameter, PathParameter, QueryParameter

from rescue_console.protocol.limits import IDEMPOTENCY_KEY_MAX, PAGE_SIZE_MAX

EXAMPLE_ID = "019a2b3c4d5e6f708192a3b4c5d6e7f8"
"""An id as the server makes them, which belongs to nothing."""

Id = Annotated[
    str,
    PathParameter(max_length=64, pattern=r"^[0-9a-f]+$", examples=[Example(value=EXAMPLE_ID)]),
]
"""An id; the server's own have 32 hexadecimal digits."""

IdempotencyKey = Annotated[
    str,
    HeaderParameter(
        name="Idempotency-Key",
        min_length=1,
        max_length=IDEMPOTENCY_KEY_MAX,
        pattern=r"^[\x21-\x7e]+$",
        description="Any text that names this one request; the same again changes nothing.",
    ),
]
OptionalIdempotencyKey = Annotated[
    str | None,
    HeaderParameter(
        name="Idempotency-Key",
        min_length=1,
        max_length=IDEMPOTENCY_KEY_MAX,
        pattern=r"^[\x21-\x7e]+$",
        description="Any text that names this one request; the same again changes nothing.",
    ),
]
After = Annotated[
    str | None,
    QueryParameter(
        max_length=64, pattern=r"^[0-9a-f]+$", description="``next`` of the page before."
    ),
]
Before = Annotated[
    int | None, QueryParameter(ge=0, le=2**53, description="``number`` of a later item.")
]
OptionalLimit = Annotated[
    int | None, QueryParameter(ge=1, le=PAGE_SIZE_MAX, description="Rows in one page.")
]
Limit = Annotated[int, QueryParameter(ge=1, le=PAGE_SIZE_MAX, description="Rows in one page.")]
