"""The one-folder app that ``make installer`` builds starts on a machine without Python packages."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest
import requests
from pytestqt.qtbot import QtBot

from tests.stage.checkout import ROOT
from tests.stage.displays.virtual_display import virtual_display, wait_for_window
from tests.stage.programs import starts_programs

pytestmark = [pytest.mark.timeout(900), pytest.mark.starts_programs]
"""Building takes about a minute on two idle cores, and several minutes on busy ones."""


@pytest.fixture(scope="module")
@starts_programs
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with both programs, built once."""
    out = tmp_path_factory.mktemp("installer")
    build = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    folders = ["--distpath", str(out / "dist"), "--workpath", str(out / "work")]
    done = subprocess.run(
        [*build, *folders, "build_installer.spec"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return out / "dist" / "rescue-console"


@contextmanager
def running(
    command: Sequence[str | Path], environment: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Run *command* while the block runs, and end it even if the block fails."""
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.terminate()


def test_the_installed_console_reaches_the_sign_in_window(installed: Path) -> None:
    command = [installed / "rescue-console"]

    with virtual_display() as environment, running(command, environment):
        assert wait_for_window("^Sign in", environment)


def assert_same_file(one: Path, other: Path) -> None:
    assert one.read_bytes() == other.read_bytes(), f"{one} is not {other}"


def followed_sessions(console: subprocess.Popen[str]) -> bool:
    """Tell whether *console* listens to the events of the server that it started."""
    for server in psutil.Process(console.pid).children(recursive=True):
        # Short-lived children from the start-up may have ended by now.
        with suppress(psutil.NoSuchProcess):
            for connection in server.net_connections("tcp"):
                if connection.status == psutil.CONN_LISTEN:
                    url = f"http://127.0.0.1:{connection.laddr.port}/metrics"
                    return "rescue_listeners 1.0" in requests.get(url, timeout=60).text
    return False


def test_the_installed_console_signs_in_to_its_embedded_server(
    installed: Path, qtbot: QtBot
) -> None:
    command: list[str | Path] = [installed / "rescue-console", "--local"]

    with virtual_display() as environment, running(command, environment) as console:
        qtbot.waitUntil(lambda: followed_sessions(console), timeout=120_000)

        (server,) = psutil.Process(console.pid).children()
        words = server.cmdline()
        folder = Path(words[words.index("--applets") + 1])
        assert_same_file(folder / "rescue-applet", installed.parent / "rescue-applet")
        assert wait_for_window("^Rescue Console", environment)


def test_the_installed_server_serves_its_pages_and_stops_when_told(
    installed: Path, tmp_path: Path
) -> None:
    command: list[str | Path] = [installed / "rescue-server", "--data", tmp_path, "--port", "0"]

    with running(command) as server:
        assert server.stdout is not None
        url = server.stdout.readline().removeprefix("Ready: ").strip()
        page = requests.get(url, headers={"Accept-Language": "fr"}, timeout=60)
        server.terminate()

    assert page.status_code == 200
    assert "PIN" in page.text
    assert server.returncode == 0
