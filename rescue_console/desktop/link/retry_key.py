"""The idempotency key of one press of a button, kept while that press is being retried."""

from uuid import uuid4


class RetryKey:
    """Gives the same key for the same request until it has succeeded, and a new one for another.

    So a lost answer never makes two sessions or two mails, and a changed request is never
    mistaken for the old one.
    """

    def __init__(self) -> None:
        self._request: object = None
        self._key = ""

    def key(self, request: object) -> str:
        """Return the key to send with *request*, which is compared by value."""
        if not self._key or request != self._request:
            self._request = request
            self._key = uuid4().hex
        return self._key

    def succeeded(self) -> None:
        """Forget the request: the next press means another one, even with the same content."""
        self._request = None
        self._key = ""
