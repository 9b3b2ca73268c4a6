"""Starts ``tests.stage.servers.smtp_server`` as a process and tells it what to do."""

import json
import socket
import subprocess
import sys
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.stage.checkout import ROOT
from tests.stage.until import WAIT_S

SENDER = "rescue@help.example"
"""The sender of mails from a Rescue server that sends through this one."""


class SmtpProcess:
    """A running SMTP server; use it as a context manager.

    Args:
        folder: The folder for accepted messages.
        arguments: Further options of the program; see ``tests.stage.servers.smtp_server``.
    """

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.folder = folder
        command = [
            sys.executable,
            "-m",
            "tests.stage.servers.smtp_server",
            "--folder",
            str(folder),
            *arguments,
        ]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        assert self._process.stdout is not None
        ports = json.loads(self._process.stdout.readline())
        self.port: int = ports["port"]
        self._control: int = ports["control"]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The mail URL without options."""
        return f"smtp://127.0.0.1:{self.port}"

    def stop(self) -> None:
        """Kill the server, as if its machine failed."""
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def script(self, *steps: dict[str, Any]) -> None:
        """Replace the server's script: what it does at which point."""
        self._ask({"do": "script", "steps": steps})

    def release(self) -> None:
        """Release everything that is held."""
        self._ask({"do": "release"})

    def reset(self) -> None:
        """Forget the script and everything that arrived."""
        self._ask({"do": "reset"})

    def wait_for(self, what: str, count: int) -> dict[str, int]:
        """Wait until there were *count* ``messages``, ``held`` or ``connections``.

        Returns:
            All three counts.
        """
        return self._ask({"do": "wait", "for": what, "count": count})

    def count(self, what: str) -> int:
        """Return how many ``messages``, ``held`` or ``connections`` there were."""
        return self._ask({"do": "count"})[what]

    def messages(self) -> list[EmailMessage]:
        """Return the accepted messages, in order."""
        return [message_from_bytes(content, policy=default) for content in self.contents()]

    def contents(self) -> list[bytes]:
        """Return the bytes of the accepted messages, in order."""
        return [path.read_bytes() for path in sorted(self.folder.glob("*.eml"))]

    def envelopes(self) -> list[dict[str, Any]]:
        """Return the senders and recipients of the accepted messages, in order."""
        return [json.loads(path.read_text("utf-8")) for path in sorted(self.folder.glob("*.json"))]

    def greetings(self) -> list[str]:
        """Return how the senders of the accepted messages introduced themselves, in order."""
        return [path.read_text("utf-8") for path in sorted(self.folder.glob("*.ehlo"))]

    def _ask(self, order: dict[str, Any]) -> dict[str, int]:
        with socket.create_connection(("127.0.0.1", self._control), timeout=WAIT_S) as connection:
            connection.sendall(json.dumps(order).encode() + b"\n")
            with connection.makefile("rb") as answers:
                counts: dict[str, int] = json.loads(answers.readline())
        return counts
