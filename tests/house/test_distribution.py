"""The released packages: a server's needs no Qt, and a release holds everything, pinned."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path

import pytest
import requests

from deploy.pins import read_pins
from tests.stage.checkout import ROOT

pytestmark = [pytest.mark.timeout(600), pytest.mark.starts_programs]
"""The packages of a server are downloaded, unless they are in pip's cache."""

NOT_FOR_SERVERS = {"pyside6-essentials", "shiboken6", "qasync", "aiortc", "av", "keyring", "pynput"}


@dataclass(frozen=True)
class Environment:
    """A virtual environment with the settings and cache of this user's pip."""

    folder: Path

    def run(self, program: str, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.folder / "bin" / program, *words],
            cwd=cwd,
            env={**os.environ, **own_pip()},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def pip(self, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        return self.run("python", "-m", "pip", "--disable-pip-version-check", *words, cwd=cwd)


def own_pip() -> dict[str, str]:
    """Return the variables that lead pip to its usual settings and cache.

    Without them it would look in the home folder of the tests.
    """
    home = Path(f"~{getuser()}").expanduser()
    return {"XDG_CONFIG_HOME": f"{home}/.config", "XDG_CACHE_HOME": f"{home}/.cache"}


def new_environment(folder: Path) -> Environment:
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    return Environment(folder)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that ``make release`` has filled."""
    folder = tmp_path_factory.mktemp("release") / "dist"
    subprocess.run([sys.executable, "-m", "deploy.release", folder], cwd=ROOT, check=True)
    return folder


@pytest.fixture(scope="module")
def server(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment in which the release's server has been installed."""
    environment = new_environment(tmp_path_factory.mktemp("server") / "venv")
    done = environment.pip("install", "--no-compile", "-r", "server.txt", cwd=release)
    assert done.returncode == 0, done.stderr
    return environment


@pytest.fixture
def serving(server: Environment, tmp_path: Path) -> Iterator[str]:
    """The first line of the running server."""
    program = str(server.folder / "bin" / "rescue-server")
    command = [program, "--data", str(tmp_path), "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=tmp_path, env={"PATH": os.environ["PATH"]}
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline()
        finally:
            process.terminate()


def test_a_server_needs_neither_qt_nor_media_nor_a_keyring(server: Environment) -> None:
    listed = server.pip("list", "--format=freeze", cwd=server.folder).stdout

    names = {line.partition("==")[0].lower() for line in listed.splitlines()}
    assert "litestar" in names
    assert not names & NOT_FOR_SERVERS


@pytest.mark.parametrize("name", ["rescue.service", "turnserver.conf", "turn_certificate.sh"])
def test_a_release_brings_what_a_server_is_installed_with(release: Path, name: str) -> None:
    assert (release / name).read_bytes() == (ROOT / "deploy" / name).read_bytes()


def test_a_server_starts_and_has_its_pages(serving: str) -> None:
    assert serving.startswith("Ready: ")
    url = serving.removeprefix("Ready: ").strip()

    assert "PIN" in requests.get(url, headers={"Accept-Language": "en"}, timeout=60).text


def test_the_console_on_a_server_says_what_to_install(server: Environment) -> None:
    done = server.run("rescue-console", cwd=server.folder)

    assert done.returncode == 1
    assert "pip install 'rescue-console[desktop]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wheel_other_than_the_released_one_is_refused(
    release: Path, server: Environment, tmp_path: Path
) -> None:
    (wheel,) = release.glob("*.whl")
    (tmp_path / wheel.name).write_bytes(wheel.read_bytes() + b"more")
    (tmp_path / "server.txt").write_bytes((release / "server.txt").read_bytes())

    done = server.pip("install", "--force-reinstall", "-r", "server.txt", cwd=tmp_path)

    assert done.returncode != 0
    assert "DO NOT MATCH THE HASHES" in done.stderr


def test_a_released_wheel_holds_every_form(release: Path) -> None:
    (wheel,) = release.glob("*.whl")
    forms = {path.relative_to(ROOT / "ui") for path in (ROOT / "ui").rglob("*.ui")}

    held = set(zipfile.ZipFile(wheel).namelist())

    desktop = Path("rescue_console", "desktop")
    compiled = {str(desktop / form.parent / f"ui_{form.stem}.py") for form in forms}
    assert compiled <= held
    assert str(desktop / "resources_rc.py") in held


@pytest.mark.parametrize(
    ("extra", "held", "left_out"),
    [
        ("server", "litestar", {"pyside6-essentials", "pytest"}),
        ("desktop", "pyside6-essentials", {"litestar", "pytest"}),
        ("applet", "python-xlib", {"pyside6-essentials", "litestar", "pytest"}),
    ],
)
def test_each_list_holds_what_its_extra_needs(
    release: Path, extra: str, held: str, left_out: set[str]
) -> None:
    text = (release / f"{extra}.txt").read_text(encoding="utf-8")

    names = {pin.name for pin in read_pins(text)}
    assert held in names
    assert not names & left_out


def test_a_checkout_without_forms_becomes_a_server_without_qt(tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    subprocess.run(["git", "clone", "--quiet", "--no-local", ROOT, checkout], check=True)
    environment = new_environment(tmp_path / "venv")

    done = environment.pip("wheel", "--no-deps", "--wheel-dir", "out", str(checkout), cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    (wheel,) = (tmp_path / "out").glob("*.whl")
    held = zipfile.ZipFile(wheel).namelist()
    assert "rescue_console/server/app.py" in held
    assert not [name for name in held if "/ui_" in name]
