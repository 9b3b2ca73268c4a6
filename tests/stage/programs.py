"""Which tests start programs, and what keeps the others from it in a quick run.

A test starts programs when it, its class or its file bears ``pytest.mark.starts_programs``, or when
it uses a fixture under ``@starts_programs``. ``pytest --quick`` (``make quick``) leaves these out
and fails every other test that starts a program after all.
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
"""Audit events of the interpreter that tell of another program or process."""

Fixture = TypeVar("Fixture", bound=Callable[..., Any])


def starts_programs(fixture: Fixture) -> Fixture:
    """Say of a fixture's function, below ``@pytest.fixture``, that it starts a program."""
    setattr(fixture, MARK, True)
    return fixture


def mark_by_fixtures(items: Iterable[pytest.Item]) -> None:
    """Mark each test that uses a fixture which starts a program."""
    for item in items:
        fixtures = getattr(item, "_fixtureinfo", None)
        definitions = fixtures.name2fixturedefs.values() if fixtures else ()
        if any(hasattr(one.func, MARK) for several in definitions for one in several[-1:]):
            item.add_marker(MARK)


class NoPrograms:
    """Fails a test that starts a program, at the place where it does.

    The interpreter tells of everything that Python starts (by an audit hook, which cannot be taken
    away again); Qt's own processes are told of by their constructor.
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
        """Refuse every program while *test* and what it has set up are running."""
        self._test = test
        self._started.clear()
        try:
            yield
        finally:
            self._test = None

    def check(self) -> None:
        """Fail when a program was asked for, also when the refusal was caught somewhere."""
        if self._started:
            pytest.fail(_complaint(", ".join(self._started)), pytrace=False)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _STARTS:
            self._refuse(" ".join([event, *(repr(one) for one in arguments[:2])]))

    def _refuse(self, what: str) -> None:
        if self._test is not None:
            self._started.append(what)
            pytest.fail(_complaint(what))


def _complaint(what: str) -> str:
    return (
        f"This test starts a program ({what}) in a quick run. Mark it, its file or its fixture "
        "with 'starts_programs' (tests/stage/programs.py), or do without the program."
    )
