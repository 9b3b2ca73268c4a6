"""The rules of ``tests/conftest.py`` for every test, checked from outside by small test runs."""

from pathlib import Path

import psutil
import pytest

from tests.stage.checkout import ROOT

pytestmark = pytest.mark.starts_programs

pytest_plugins = ["pytester"]


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> "Run":
    """Run a test file under the project's rules, in a separate process without plug-ins."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makeconftest((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"))
    return Run(pytester)


class Run:
    def __init__(self, pytester: pytest.Pytester) -> None:
        self._pytester = pytester

    def __call__(self, body: str, *options: str) -> pytest.RunResult:
        self._pytester.makepyfile(body)
        return self._pytester.runpytest_subprocess("-p", "no:cacheprovider", *options)


def test_an_unexpected_error_fails_the_test(run: Run) -> None:
    result = run("import logging\ndef test_x(): logging.getLogger('shop').error('fire')")

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*errors were logged*shop: fire*"])


def test_an_expected_error_passes(run: Run) -> None:
    result = run(
        "import logging\n"
        "def test_x(expected_errors):\n"
        "    expected_errors.append('fi.e')\n"
        "    logging.error('fire')"
    )

    result.assert_outcomes(passed=1)


def test_an_expected_error_that_does_not_occur_fails_the_test(run: Run) -> None:
    result = run("def test_x(expected_errors): expected_errors.append('fire')")

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*expected errors were not logged*fire*"])


def test_tests_run_without_the_users_home_screen_keyring_and_settings(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.setenv("RESCUE_PORT", "1")
    monkeypatch.setenv("HOME", str(tmp_path))

    result = run(
        "import os, keyring\n"
        "from pathlib import Path\n"
        "def test_x():\n"
        f"    assert Path.home() != Path({str(tmp_path)!r}) and Path.home().is_dir()\n"
        "    assert 'DISPLAY' not in os.environ and 'RESCUE_PORT' not in os.environ\n"
        "    assert keyring.get_keyring().name.startswith('null')\n"
    )

    result.assert_outcomes(passed=1)


def test_a_coroutine_that_nobody_awaited_fails_the_run(pytester: pytest.Pytester, run: Run) -> None:
    pytester.makeini("[pytest]\nfilterwarnings = error")

    result = run("async def late(): ...\ndef test_x(): late()")

    assert result.ret != 0
    result.stdout.fnmatch_lines(["*never awaited*"])


def test_programs_started_by_a_crashed_test_process_are_ended(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    started = tmp_path / "started"

    result = run(
        "import os, subprocess, sys\n"
        "WAIT = 'import threading; threading.Event().wait()'\n"
        "def test_x():\n"
        "    waiting = subprocess.Popen([sys.executable, '-c', WAIT])\n"
        f"    open({str(started)!r}, 'w').write(str(waiting.pid))\n"
        "    os.abort()\n",
        *("-p", "xdist", "-n", "1", "--dist", "loadfile", "--max-worker-restart", "0"),
    )

    result.assert_outcomes(failed=1)
    pid = int(started.read_text())
    assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
