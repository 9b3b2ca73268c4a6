"""A real server between the two sides, and the network to it."""

from tests.stage.servers.fixtures import server, wire

__all__ = ["server", "wire"]
