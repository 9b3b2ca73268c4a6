"""A small internet: a help desk's host in the middle, and private networks that reach only it."""

from contextlib import ExitStack
from types import TracebackType
from typing import Final, Self

from tests.stage.networks.namespace import Namespace

HELP_DESK: Final = "198.51.100.1"
"""Where the servers are (RFC 5737: for examples only)."""


class Internet:
    """The middle; use it as a context manager, with all that was attached.

    Packets from one private network to another are dropped until ``middle.forward(on=True)``.
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
        """Return a new private network with a way to the middle."""
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
    """Have a private network's firewall swallow what goes out over UDP, or no longer."""
    verb = "add" if on else "del"
    private.run(f"ip rule {verb} ipproto udp blackhole")
