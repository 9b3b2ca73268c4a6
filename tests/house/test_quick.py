"""``pytest --quick`` skips tests marked as starting programs, and fails unmarked ones that do."""

import os

import pytest

from tests.stage.checkout import ROOT

pytestmark = pytest.mark.starts_programs
pytest_plugins = ["pytester"]

IMPORTS = (
    "import asyncio, os, subprocess, sys, threading, pytest\n"
    "from tests.stage.programs import starts_programs\n"
)
START = "subprocess.run([sys.executable, '-c', ''])"


@pytest.fixture
def quick(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> "Quick":
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makeconftest((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"))
    return Quick(pytester)


class Quick:
    def __init__(self, pytester: pytest.Pytester) -> None:
        self._pytester = pytester

    def __call__(self, body: str, *options: str) -> pytest.RunResult:
        self._pytester.makepyfile(IMPORTS + body)
        return self._pytester.runpytest_subprocess(
            "-p", "no:cacheprovider", "--strict-markers", *(options or ["--quick"])
        )


@pytest.mark.parametrize(
    "start",
    [
        START,
        f"threading.Thread(target=lambda: {START}).run()",
        "asyncio.run(asyncio.create_subprocess_exec(sys.executable, '-c', ''))",
        "os.system('true')",
        pytest.param(
            "os.posix_spawn('/bin/true', ['true'], {})",
            marks=pytest.mark.skipif(os.name != "posix", reason="POSIX only"),
        ),
        "__import__('PySide6.QtCore').QtCore.QProcess()",
    ],
)
def test_an_unmarked_test_that_starts_a_program_fails_and_says_what_to_do(
    quick: Quick, start: str
) -> None:
    result = quick(f"def test_x(): {start}")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*This test starts a program (*'starts_programs'*"])


def test_it_also_fails_if_the_failure_is_caught(quick: Quick) -> None:
    result = quick(
        f"def test_x():\n    try: {START}\n    except BaseException: pass\ndef test_y(): pass\n"
    )

    result.assert_outcomes(passed=2, errors=1)


def test_an_unmarked_fixture_that_starts_a_program_fails_its_tests(quick: Quick) -> None:
    result = quick(f"@pytest.fixture\ndef server(): {START}\ndef test_x(server): pass")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*This test starts a program (*"])


MARKED = (
    "@pytest.fixture\n@starts_programs\n"
    f"def server(): {START}\n"
    "@pytest.fixture\ndef account(server): pass\n"
    "def test_by_a_fixture_of_its_fixture(account): pass\n"
    "@pytest.mark.starts_programs\n"
    f"def test_by_itself(): {START}\n"
    "def test_alone(): pass\n"
)


def test_tests_marked_by_themselves_or_by_a_fixture_are_left_out(quick: Quick) -> None:
    quick(MARKED).assert_outcomes(passed=1, deselected=2)


def test_otherwise_everything_runs_and_may_start_programs(quick: Quick) -> None:
    quick(MARKED, "-v").assert_outcomes(passed=3)
