"""The refusals that a customer can meet, each with a page of its own."""

from enum import StrEnum

from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.rules.helping.customers import CustomerView


class Notice(StrEnum):
    """Why there is nothing but words: the value is the name of its sentences."""

    UNKNOWN = "unknown"
    """Wrong, unknown and malformed links: one answer, so that a guesser learns nothing."""
    EXPIRED = "expired"
    OVER = "over"
    JOINED = "joined"
    NO_SESSION = "no_session"
    NOT_FOUND = "not_found"
    FORBIDDEN = "forbidden"
    BAD_REQUEST = "bad_request"
    TOO_MANY = "too_many"
    BUSY = "busy"
    FAILED = "failed"

    @property
    def http_status(self) -> int:
        """The HTTP status code that the page goes out with."""
        return _HTTP_STATUSES[self]


_HTTP_STATUSES = {
    Notice.UNKNOWN: 404,
    Notice.EXPIRED: 410,
    Notice.OVER: 410,
    Notice.JOINED: 409,
    Notice.NO_SESSION: 404,
    Notice.NOT_FOUND: 404,
    Notice.FORBIDDEN: 403,
    Notice.BAD_REQUEST: 400,
    Notice.TOO_MANY: 429,
    Notice.BUSY: 503,
    Notice.FAILED: 500,
}

_FOR_STATUS = {403: Notice.FORBIDDEN, 404: Notice.NOT_FOUND, 429: Notice.TOO_MANY}


def link_notice(customer: CustomerView | None) -> Notice | None:
    """Return why a link that belongs to *customer* does not open the join page; None = it does."""
    if customer is None:
        return Notice.UNKNOWN
    if customer.joinable:
        return None
    if customer.status is SessionStatus.EXPIRED:
        return Notice.EXPIRED
    return Notice.OVER if customer.over else Notice.JOINED


def status_notice(http_status: int) -> Notice:
    """Return the page for an HTTP error."""
    if http_status in (503, 507):
        return Notice.BUSY
    if http_status >= 500:
        return Notice.FAILED
    return _FOR_STATUS.get(http_status, Notice.BAD_REQUEST)
