"""The listening socket."""

import contextlib
import socket

import pytest

from rescue_console.server import listening
from tests.stage.until import WAIT_S


class OnlyIpv6(socket.socket):
    """A socket of a system that keeps the families apart unless told otherwise."""

    def __init__(self, *args: int) -> None:
        super().__init__(*args)
        if self.family == socket.AF_INET6:
            self.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)


def test_both_families_are_listened_for_whatever_the_system_prefers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(socket, "socket", OnlyIpv6)
        listener = listening.open_port("::", 0)
    with contextlib.closing(listener):
        port = listener.getsockname()[1]
        for address in ("127.0.0.1", "::1"):
            socket.create_connection((address, port), WAIT_S).close()
