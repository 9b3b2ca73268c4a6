"""A real server for the client's tests, and the network to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rescue_console.client.account import Account, open_with_password
from rescue_console.network.server_address import read_address
from tests.stage.networks.wire import Wire
from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import OWNER_EMAIL, OWNER_PASSWORD, RealServer


@pytest.fixture(scope="module")
@starts_programs
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """A real server with an owner's account, one for each file of tests."""
    folder: Path = tmp_path_factory.mktemp("server")
    with RealServer(folder / "data") as server:
        yield server


@pytest.fixture
def wire(server: RealServer) -> Iterator[Wire]:
    """The network to the server."""
    with Wire(int(server.url.rpartition(":")[2])) as wire:
        yield wire


@pytest.fixture
def account(wire: Wire) -> Iterator[Account]:
    """The owner, signed in over the wire."""
    account = open_with_password(read_address(wire.url), OWNER_EMAIL, OWNER_PASSWORD, None)
    yield account
    account.close()
