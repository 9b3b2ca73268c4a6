"""Events as they are read by plain requests, each still to be decoded.

Each is decoded by itself, so that one which a later version has added leaves the others readable.
"""

from datetime import datetime

import msgspec

from rescue_console.protocol.events import Hello


class NewsPage(msgspec.Struct, kw_only=True):
    """What ``protocol.events.EventPage`` describes."""

    number: int
    resumed: bool
    server_time: datetime
    items: list[msgspec.Raw] = []

    def hello(self) -> Hello:
        """Return what a WebSocket would have begun with."""
        return Hello(number=self.number, resumed=self.resumed, server_time=self.server_time)
