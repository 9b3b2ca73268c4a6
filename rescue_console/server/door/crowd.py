"""The connections there are, so that nobody who has not asked for anything takes everybody's place.

A connection *waits* while it has not sent a whole request (or a WebSocket has not said whose it
is), also between two requests. Waiting is all that a stranger can do for long, so it is limited for
each network: the one that waited longest makes room for the next. What is in use is left alone,
up to half of all places for one network.
"""

import logging
import socket
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from rescue_console.server.door.addresses import network_around, read_ip_address, read_network

_log = logging.getLogger(__name__)

WAITING_MAX = 512
"""How many connections of one network may wait."""

IPV6_NETWORK_BITS = 64
"""One customer's line has a network of this size, so its addresses count as one."""


def network_of(address: str) -> str:
    """Return what *address* counts as: itself for IPv4 (also inside IPv6), /64 for IPv6."""
    return network_around(address, ipv6_bits=IPV6_NETWORK_BITS) or address


@dataclass(eq=False)
class Guest:
    """One connection.

    Attributes:
        number: Its file descriptor.
        network: What its address counts as; empty for a trusted proxy, which is not limited.
        waiting: Whether it has asked for nothing, or nothing whole, for now.
    """

    number: int
    network: str
    turn_away: Callable[[], None]
    waiting: bool = field(default=True, init=False)


class Crowd:
    """All connections of one server.

    Args:
        places: How many there may be at once.
        proxies: Networks of the trusted proxies, which connect for many.
    """

    def __init__(self, places: int, proxies: Sequence[str] = ()) -> None:
        self._places = places
        self._proxies = [read_network(proxy) for proxy in proxies]
        self._guests: dict[int, Guest] = {}
        self._of_network: Counter[str] = Counter()
        self._waiting: OrderedDict[int, Guest] = OrderedDict()
        self._waiting_of: defaultdict[str, OrderedDict[int, Guest]] = defaultdict(OrderedDict)

    def __len__(self) -> int:
        """Return how many connections there are."""
        return len(self._guests)

    def find(self, number: int) -> Guest | None:
        """Return the connection with file descriptor *number*, if it is still wanted."""
        return self._guests.get(number)

    def admit(self, number: int, address: str, turn_away: Callable[[], None]) -> bool:
        """Let a connection in, and turn away the one that waited longest if it needs the place.

        Args:
            number: Its file descriptor.
            address: Whose it is.
            turn_away: Ends the connection; called at most once.

        Returns:
            Whether there was a place; if not, the caller ends the connection.
        """
        network = "" if self._is_proxy(address) else network_of(address)
        if network:
            mine: Mapping[int, Guest] = self._waiting_of.get(network, {})
            if len(mine) >= WAITING_MAX:
                self._turn_away(mine)
            if self._of_network[network] >= self._places // 2 and not self._turn_away(mine):
                return _refused(network)
        if len(self._guests) >= self._places and not self._turn_away(self._waiting):
            return _refused(network)
        guest = Guest(number, network, turn_away)
        self._guests[number] = guest
        self._of_network[network] += 1
        self._begin_waiting(guest)
        return True

    def note(self, guest: Guest, *, waiting: bool) -> None:
        """Note whether *guest* waits from now on; waiting again counts from now."""
        if self._guests.get(guest.number) is not guest:
            return
        if guest.waiting:
            self._stop_waiting(guest)
        guest.waiting = waiting
        if waiting:
            self._begin_waiting(guest)

    def leave(self, number: int) -> None:
        """Forget the connection with file descriptor *number*."""
        guest = self._guests.pop(number, None)
        if guest is None:
            return
        if guest.waiting:
            self._stop_waiting(guest)
        self._of_network[guest.network] -= 1
        if not self._of_network[guest.network]:
            del self._of_network[guest.network]

    def _begin_waiting(self, guest: Guest) -> None:
        self._waiting[guest.number] = self._waiting_of[guest.network][guest.number] = guest

    def _stop_waiting(self, guest: Guest) -> None:
        del self._waiting[guest.number]
        mine = self._waiting_of[guest.network]
        del mine[guest.number]
        if not mine:
            del self._waiting_of[guest.network]

    def _turn_away(self, waiting: Mapping[int, Guest]) -> bool:
        longest = next(iter(waiting.values()), None)
        if longest is None:
            return False
        _log.warning("Too many idle connections: the oldest of %s makes room.", longest.network)
        self.leave(longest.number)
        longest.turn_away()
        return True

    def _is_proxy(self, address: str) -> bool:
        parsed = read_ip_address(address)
        return parsed is not None and any(parsed in proxy for proxy in self._proxies)


def _refused(network: str) -> bool:
    _log.warning("Too many connections: %s gets no more for now.", network)
    return False


def end(connection: socket.socket) -> None:
    """Make the event loop see that *connection* has ended, whoever reads from it."""
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it had ended already
