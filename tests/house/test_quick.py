"""``pytest --quick`` leaves out what starts programs, and fails what does so unannounced."""

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
def test_a_test_that_starts_a_program_unannounced_fails_and_is_told_what_to_do(
    quick: Quick, start: str
) -> None:
    result = quick(f"def test_x(): {start}")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*This test starts a program (*'starts_programs'*"])


def test_it_fails_also_when_the_refusal_is_lost_in_a_thread_or_caught(quick: Quick) -> None:
    result = quick(
        f"def test_x():\n    try: {START}\n    except BaseException: pass\ndef test_y(): pass\n"
    )

    result.assert_outcomes(passed=2, errors=1)


def test_a_fixture_that_starts_a_program_unannounced_fails_its_tests(quick: Quick) -> None:
    result = quick(f"@pytest.fixture\ndef server(): {START}\ndef test_x(server): pass")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*This test starts a program (*"])


ANNOUNCED = (
    "@pytest.fixture\n@starts_programs\n"
    f"def server(): {START}\n"
    "@pytest.fixture\ndef account(server): pass\n"
    "def test_by_a_fixture_of_its_fixture(account): pass\n"
    "@pytest.mark.starts_programs\n"
    f"def test_by_itself(): {START}\n"
    "def test_alone(): pass\n"
)


def test_what_is_announced_by_a_test_or_one_of_its_fixtures_is_left_out(quick: Quick) -> None:
    quick(ANNOUNCED).assert_outcomes(passed=1, deselected=2)


def test_otherwise_everything_runs_and_starts_what_it_likes(quick: Quick) -> None:
    quick(ANNOUNCED, "-v").assert_outcomes(passed=3)
