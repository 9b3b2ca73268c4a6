"""Fixtures for a real server, one for each file of tests, and the network to it."""

from collections.abc import Iterator

import pytest

from tests.stage.networks.wire import Wire
from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import RealServer


@pytest.fixture(scope="module")
@starts_programs
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """A real server with an owner's account, one for each file of tests."""
    with RealServer(tmp_path_factory.mktemp("server") / "data") as server:
        yield server


@pytest.fixture
def wire(server: RealServer) -> Iterator[Wire]:
    """The network to the server."""
    with Wire(int(server.url.rpartition(":")[2])) as wire:
        yield wire
