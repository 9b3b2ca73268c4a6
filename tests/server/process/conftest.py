"""A data folder with an owner, copied for each test because creating an owner takes seconds."""

import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from rescue_console.server.logs import QUIETED
from tests.stage.programs import starts_programs
from tests.stage.servers.certificates import Certificates, make_certificates
from tests.stage.servers.rescue_server import create_owner


@pytest.fixture(scope="session")
@starts_programs
def owned_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("owned") / "data"
    done = create_owner(folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def data(owned_folder: Path, tmp_path: Path) -> Path:
    """A data folder with an owner and nothing else."""
    return Path(shutil.copytree(owned_folder, tmp_path / "data"))


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(autouse=True)
def own_umask() -> Iterator[None]:
    """Undo afterwards what a command run in this process does to the rights of new files."""
    before = os.umask(0o022)  # as a shell does, which lets everybody read what is made
    yield
    os.umask(before)


@pytest.fixture
def own_log() -> Iterator[None]:
    """Restore the loggers after a test that runs the command in this process."""
    loggers = [logging.getLogger(name) for name in ("", *QUIETED)]
    before = [(logger, logger.level, list(logger.handlers)) for logger in loggers]
    yield
    for logger, level, handlers in before:
        logger.setLevel(level)
        logger.handlers[:] = handlers
