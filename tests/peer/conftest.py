"""The relay's tests want the server and the network that the client's tests have."""

from tests.client.conftest import account, server, wire

__all__ = ["account", "server", "wire"]
