"""Every program keeps what it writes to its own user, from its first line on."""

import os
import sys
from collections.abc import Callable, Iterator

import pytest

from rescue_console.applet.__main__ import main as applet
from rescue_console.desktop.__main__ import main as desktop
from rescue_console.server.__main__ import main as server


@pytest.fixture
def generous() -> Iterator[None]:
    """Begin as a shell does, which lets everybody read what is made."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.skipif(sys.platform == "win32", reason="rights as Unix has them")
@pytest.mark.parametrize("program", [server, desktop, applet])
def test_what_a_program_makes_is_for_its_user_alone(
    generous: None, program: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["program", "--help"])
    with pytest.raises(SystemExit):
        program()
    assert os.umask(0o077) == 0o077
