"""Rules for every test: a separate home, no real keyring or display, no unexpected logged error.

A test that provokes an error on purpose overrides ``expected_errors`` to name what it expects.
With ``--quick``, only tests that start no program run.
"""

import gc
import logging
import os
import re
import shutil
import tempfile
from collections.abc import Generator, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from rescue_console.desktop.program.collector import collect_due
from tests.stage.leftovers import end_leftovers, mark_what_is_started
from tests.stage.programs import MARK, NoPrograms, mark_by_fixtures

_FROM_OUTSIDE = (
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "DBUS_SESSION_BUS_ADDRESS",
    "XDG_CURRENT_DESKTOP",
    "LANGUAGE",
    "LC_ALL",
)
"""Variables that would expose tests to the screen, session and language of whoever runs them."""

# How long it takes to make an example says how busy the machine is, nothing about what is tested.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

_NO_PROGRAMS = pytest.StashKey[NoPrograms]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option of ``make quick``."""
    parser.addoption("--quick", action="store_true", help="run only tests that start no program")


def pytest_configure(config: pytest.Config) -> None:
    """Isolate the tests from the files, passwords, screen and settings of whoever runs them."""
    config.addinivalue_line("markers", f"{MARK}: starts a program; left out by --quick")
    if config.getoption("quick"):
        config.stash[_NO_PROGRAMS] = NoPrograms()
    if "PYTEST_XDIST_WORKER" not in os.environ:
        mark_what_is_started()
        config.add_cleanup(end_leftovers)
    home = Path(tempfile.mkdtemp(prefix="rescue-tests-"))
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    for name in [*_FROM_OUTSIDE, *(name for name in os.environ if name.startswith("RESCUE_"))]:
        os.environ.pop(name, None)
    for name, folder in {
        "HOME": "",
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
        "XDG_STATE_HOME": ".local/state",
        "XDG_CACHE_HOME": ".cache",
        "XDG_RUNTIME_DIR": "run",
    }.items():
        (home / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ[name] = str(home / folder)
    os.environ["LANG"] = "C.UTF-8"
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests whose fixtures start programs; deselect all marked tests in a quick run."""
    mark_by_fixtures(items)
    if config.getoption("quick"):
        left_out = [item for item in items if item.get_closest_marker(MARK)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker(MARK)]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Forbid every test of a quick run to start a program."""
    no_programs = item.config.stash.get(_NO_PROGRAMS, None)
    with no_programs.watching(item.nodeid) if no_programs else nullcontext():
        return (yield)


@pytest.fixture(autouse=True)
def _no_programs(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test of a quick run that tried to start a program, even if it caught the failure."""
    yield
    if no_programs := request.config.stash.get(_NO_PROGRAMS, None):
        no_programs.check()


class _Errors(logging.Handler):
    """Keeps the records at ERROR and above."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(scope="session", autouse=True)
def _no_automatic_collection() -> Iterator[None]:
    """Turn off automatic garbage collection, which may run in any thread: see the next fixture."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def _collected_in_this_thread() -> Iterator[None]:
    """Collect garbage after each test, in the thread that runs the tests.

    If another thread happened to collect, it would destroy the windows that a test left behind, and
    Qt would crash.
    """
    yield
    collect_due()


@pytest.fixture
def expected_errors() -> list[str]:
    """Regular expressions for the ERROR log messages that this test causes; each must occur."""
    return []


@pytest.fixture(autouse=True)
def _only_expected_errors(expected_errors: list[str]) -> Iterator[None]:
    """Fail a test that logged an unexpected error, or failed to log an expected one."""
    errors = _Errors()
    logging.getLogger().addHandler(errors)
    yield
    logging.getLogger().removeHandler(errors)
    messages = [f"{record.name}: {record.getMessage()}" for record in errors.records]
    unexpected = [
        message
        for message in messages
        if not any(re.search(pattern, message) for pattern in expected_errors)
    ]
    missing = [
        pattern
        for pattern in expected_errors
        if not any(re.search(pattern, message) for message in messages)
    ]
    assert not unexpected, f"unexpected errors were logged: {unexpected}"
    assert not missing, f"expected errors were not logged: {missing}"
