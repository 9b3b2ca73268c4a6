"""A real server for the client's tests, and a network to it that can fail."""

from collections.abc import Iterator

import pytest

from rescue_console.client.account import Account, open_with_password
from rescue_console.network.server_address import read_address
from tests.stage.networks.wire import Wire
from tests.stage.servers.fixtures import server, wire
from tests.stage.servers.rescue_server import OWNER_EMAIL, OWNER_PASSWORD

__all__ = ["account", "server", "wire"]


@pytest.fixture
def account(wire: Wire) -> Iterator[Account]:
    """The owner, signed in over the wire."""
    account = open_with_password(read_address(wire.url), OWNER_EMAIL, OWNER_PASSWORD, None)
    yield account
    account.close()
