"""A user's account on a computer that can restart; the test itself starts what runs at sign-in.

The program that restarts the computer is a script found by ``PATH``; it records each call.
"""

import configparser
import os
import shlex
import signal
import sys
from asyncio.subprocess import Process
from pathlib import Path

from tests.stage.checkout import ROOT

RESTART = """#!/bin/sh
echo "$0 $*" >> {called}
{then}
"""


class Account:
    """One user's folders and environment.

    Attributes:
        environment: The variables of every program that they run.
    """

    def __init__(self, screen: dict[str, str], folder: Path) -> None:
        self._folder = folder
        self._called = folder / "called"
        programs = folder / "bin"
        programs.mkdir(parents=True)
        self._program = programs / "systemctl"
        self.config, self.data = folder / "config", folder / "data"
        temporary = folder / "temporary"
        temporary.mkdir()
        self.environment = screen | {
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(self.config),
            "XDG_DATA_HOME": str(self.data),
            "TMPDIR": str(temporary),
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "LANGUAGE": "en",
        }
        self.answer("exit 0")

    def answer(self, then: str) -> None:
        """Let the program that restarts the computer run *then*, a shell command."""
        self._program.write_text(RESTART.format(called=shlex.quote(str(self._called)), then=then))
        self._program.chmod(0o755)

    @property
    def restarts(self) -> list[str]:
        """The command line of each call of that program."""
        return self._called.read_text().splitlines() if self._called.exists() else []

    @property
    def entries(self) -> list[Path]:
        """The files of the programs that start at sign-in."""
        return sorted((self.config / "autostart").glob("*"))

    @property
    def left_behind(self) -> list[Path]:
        """Every file and folder that the applet has left."""
        return [*self.entries, *(self.data.rglob("*") if self.data.exists() else [])]

    def command(self) -> list[str]:
        """Return the command of the only entry, parsed as a desktop parses it."""
        [path] = self.entries
        parser = configparser.ConfigParser(interpolation=None)
        parser.optionxform = str  # type: ignore[assignment, method-assign]
        parser.read(path, encoding="utf-8")
        words = shlex.split(parser["Desktop Entry"]["Exec"].replace("\\\\", "\\"))
        return [word.replace("%%", "%") for word in words]


async def cut_off(process: Process) -> None:
    """Kill an applet and all of its processes at once, as a restart does."""
    if sys.platform == "win32":
        raise NotImplementedError
    os.killpg(process.pid, signal.SIGKILL)
    await process.wait()
