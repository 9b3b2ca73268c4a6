"""What a restart needs of every operating system. Everything here blocks: call it in a thread."""

import shutil
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path

from rescue_console.protocol.restart import DETAIL_MAX
from rescue_console.system.environment import system_environment

ANSWER_WITHIN_S = 60.0
"""How long the system may take to agree: it may ask the person for a password meanwhile."""


class RestartRefused(Exception):
    """The system refuses to restart; the message holds its own words, in its language."""


class Machine(ABC):
    """One user's account on this computer, and the computer's restart."""

    @abstractmethod
    def data_folder(self) -> Path:
        """Return the folder for this user's program data; it may not exist yet."""

    @abstractmethod
    def call_at_sign_in(self, name: str, command: Sequence[str]) -> None:
        """Have *command* run when this user next signs in.

        Args:
            name: The entry's name, of letters, digits and dashes.
            command: The program's whole path and its arguments.

        Raises:
            OSError: the entry cannot be made.
        """

    @abstractmethod
    def forget(self, name: str) -> None:
        """Remove the entry of that name, if there is one.

        Raises:
            OSError: the entry cannot be removed.
        """

    @abstractmethod
    def restart(self) -> None:
        """Ask the system to restart, closing programs as if the user had asked.

        Raises:
            RestartRefused: the system refuses.
        """

    def remove(self, folder: Path) -> None:
        """Remove one of the applet's folders, even the one that it is running from."""
        shutil.rmtree(folder, ignore_errors=True)


def run(*words: str) -> None:
    """Run the system's program that restarts it; *words* begin with its whole path.

    Raises:
        RestartRefused: the program cannot be started, fails, or takes too long.
    """
    try:
        done = subprocess.run(  # noqa: S603 (whole paths and words of our own, no shell)
            words,
            env=system_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=ANSWER_WITHIN_S,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as error:
        raise RestartRefused(f"{words[0]}: {ANSWER_WITHIN_S:.0f} s") from error
    except OSError as error:
        raise RestartRefused(str(error)) from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        raise RestartRefused((said or f"{words[0]}: {done.returncode}")[:DETAIL_MAX])
