"""A real server between the two sides, and a network to it that can fail."""

from tests.stage.servers.fixtures import server, wire

__all__ = ["server", "wire"]
