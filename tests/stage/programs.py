"""Marks tests that start programs, and prevents all others from doing so in a quick run.

A test counts as starting programs if it, its class or its file has ``pytest.mark.starts_programs``,
or if it uses a fixture decorated with ``@starts_programs``. ``pytest --quick`` (``make quick``)
leaves these tests out, and fails every other test that nevertheless starts a program.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeVar

import pytest
from PySide6.QtCore import QProcess

MARK: Final = "starts_programs"
_STARTS: Final = frozenset(
    {"subprocess.Popen", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.system"}
)
"""The interpreter's audit events for starting another program or process."""

Fixture = TypeVar("Fixture", bound=Callable[..., Any])


def starts_programs(fixture: Fixture) -> Fixture:
    """Mark a fixture, as a decorator below ``@pytest.fixture``, as one that starts a program."""
    setattr(fixture, MARK, True)
    return fixture


def mark_by_fixtures(items: Iterable[pytest.Item]) -> None:
    """Mark each test that uses a fixture which starts a program."""
    for item in items:
        fixtures = getattr(item, "_fixtureinfo", None)
        definitions = fixtures.name2fixturedefs.values() if fixtures else ()
        if any(hasattr(used.func, MARK) for overrides in definitions for used in overrides[-1:]):
            item.add_marker(MARK)


class NoPrograms:
    """Fails a test at the place where it starts a program.

    An audit hook, which can never be removed, reports every process that Python starts. For Qt's
    processes, the constructor of ``QProcess`` is replaced.
    """

    def __init__(self) -> None:
        self._test: str | None = None
        self._started: list[str] = []
        sys.addaudithook(self._hear)
        made = QProcess.__init__

        def refuse(process: QProcess, *arguments: Any, **named: Any) -> None:
            self._refuse("QProcess")
            made(process, *arguments, **named)

        QProcess.__init__ = refuse  # type: ignore[method-assign]

    @contextmanager
    def watching(self, test: str) -> Iterator[None]:
        """Refuse every program while *test* and its fixtures are running."""
        self._test = test
        self._started.clear()
        try:
            yield
        finally:
            self._test = None

    def check(self) -> None:
        """Fail if the test tried to start a program, even if it caught the failure."""
        if self._started:
            pytest.fail(_complaint(", ".join(self._started)), pytrace=False)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _STARTS:
            self._refuse(" ".join([event, *(repr(argument) for argument in arguments[:2])]))

    def _refuse(self, what: str) -> None:
        if self._test is not None:
            self._started.append(what)
            pytest.fail(_complaint(what))


def _complaint(what: str) -> str:
    return (
        f"This test starts a program ({what}) in a quick run. Mark it, its file or its fixture "
        "with 'starts_programs' (tests/stage/programs.py), or do without the program."
    )
