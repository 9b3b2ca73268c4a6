"""The facts about a Linux computer, even if some cannot be read."""

import subprocess
import sys

import pytest

from rescue_console.applet.facts import linux
from rescue_console.applet.facts.base import output_of
from rescue_console.applet.facts.linux import LinuxFacts

LISTED = """\
cron.service                loaded    active   running Regular background program processing
nginx.service               not-found inactive dead    nginx.service
user@1000.service           loaded    failed   failed  User Manager for UID 1000
"""


def section(name: str) -> list[tuple[str, str]]:
    return [(fact.name, fact.value) for fact in LinuxFacts().read() if fact.section == name]


def test_services_are_read_from_systemd(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linux, "output_of", lambda *words: LISTED)

    assert section("Services") == [
        ("cron", "active (running)"),
        ("nginx", "inactive (dead)"),
        ("user@1000", "failed (failed)"),
    ]


@pytest.mark.parametrize(
    "error", [FileNotFoundError("systemctl"), subprocess.CalledProcessError(1, "systemctl")]
)
def test_unreadable_services_are_marked_as_such(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*words: str) -> str:
        raise error

    monkeypatch.setattr(linux, "output_of", fail)

    assert section("Services") == [("Nothing could be read", "")]


@pytest.mark.starts_programs
def test_system_programs_do_not_get_the_built_applets_libraries(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("LD_LIBRARY_PATH", "/the/applet")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/the/system")

    lines = output_of("/usr/bin/env").splitlines()

    assert [line for line in lines if line.startswith("LD_LIBRARY_PATH")] == [
        "LD_LIBRARY_PATH=/the/system"
    ]


@pytest.mark.starts_programs
def test_every_section_says_something_on_this_computer() -> None:
    sections = {fact.section for fact in LinuxFacts().read()}

    assert {"System", "Processor", "Memory", "Disks", "Network", "Services", "Processes"} == (
        sections
    )
