"""The notices that a customer may see in place of a page."""

from enum import StrEnum

from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.rules.helping.customers import CustomerView


class Notice(StrEnum):
    """Why the customer does not get the page; the value is part of the names of its texts."""

    UNKNOWN = "unknown"
    """A wrong, unknown or malformed link: all get one answer, so that guessing reveals nothing."""
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
        """The HTTP status code that the notice is sent with."""
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
    """Return why the link of *customer* does not open the join page; ``None`` if it does."""
    if customer is None:
        return Notice.UNKNOWN
    if customer.joinable:
        return None
    if customer.status is SessionStatus.EXPIRED:
        return Notice.EXPIRED
    if customer.over:
        return Notice.OVER
    return Notice.EXPIRED if customer.too_late else Notice.JOINED


def status_notice(http_status: int) -> Notice:
    """Return the notice for an HTTP error."""
    if http_status in (503, 507):
        return Notice.BUSY
    if http_status >= 500:
        return Notice.FAILED
    return _FOR_STATUS.get(http_status, Notice.BAD_REQUEST)
