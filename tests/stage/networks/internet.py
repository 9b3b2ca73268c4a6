"""A small internet: private networks that reach nothing but the help desk's host in the middle."""

from contextlib import ExitStack
from types import TracebackType
from typing import Final, Self

from tests.stage.networks.namespace import Namespace

HELP_DESK: Final = "198.51.100.1"
"""The address of the servers, from a block reserved for examples (RFC 5737)."""


class Internet:
    """The small internet; use it as a context manager, which also ends the attached networks.

    Packets from one private network to another are dropped until ``middle.forward(on=True)``.

    Attributes:
        middle: The network that the help desk's host is in.
    """

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._count = 0
        self.middle = Namespace()

    def __enter__(self) -> Self:
        self._stack.enter_context(self.middle)
        self.middle.run(f"ip address add {HELP_DESK}/32 dev lo")
        self.middle.forward(on=False)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def attach(self) -> Namespace:
        """Return a new private network that is linked to the middle."""
        private = self._stack.enter_context(Namespace())
        self._count += 1
        net = f"10.77.{self._count}"
        near, far = "uplink", f"to{self._count}"
        self.middle.run(f"ip link add {far} type veth peer name {near} netns {private.pid}")
        for namespace, link, host in ((self.middle, far, 1), (private, near, 2)):
            namespace.run(f"ip address add {net}.{host}/24 dev {link}")
            namespace.run(f"ip link set {link} up")
        private.run(f"ip route add default via {net}.1")
        return private


def block_udp(private: Namespace, *, on: bool = True) -> None:
    """Let a private network's firewall drop outgoing UDP packets, or with *on* False stop that."""
    verb = "add" if on else "del"
    private.run(f"ip rule {verb} ipproto udp blackhole")
