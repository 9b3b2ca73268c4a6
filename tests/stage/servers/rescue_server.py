"""The real ``rescue-server`` as a process in a folder of its own, with an owner who can sign in.

Leaving the ``with`` block stops the process and checks that it ended well: exit code 0, every line
of its log a JSON object, and no unexpected error in the log.
"""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import requests

from tests.stage.until import WAIT_S

COMMAND = [sys.executable, "-m", "rescue_console.server"]
OWNER_EMAIL = "olivia@help.example"
OWNER_NAME = "Olivia Owner"
OWNER_PASSWORD = "seven violet umbrellas dancing"
ORGANIZATION = "Example Help"


class Asker(requests.Session):
    """A ``requests`` session that knows the API's address: ``asker.get("/me")``."""

    def __init__(self, api_url: str, access_token: str = "") -> None:
        super().__init__()
        self.trust_env = False
        self.api_url = api_url
        self.access_token = access_token
        if access_token:
            self.headers["Authorization"] = f"Bearer {access_token}"

    def request(
        self, method: str | bytes, url: str | bytes, *arguments: Any, **options: Any
    ) -> requests.Response:
        """Request *url*, a path of the API or a whole address; give up after WAIT_S."""
        options.setdefault("timeout", WAIT_S)
        if isinstance(url, str) and url.startswith("/"):
            url = self.api_url + url
        return super().request(method, url, *arguments, **options)

    def create_session(self, method: str = "link", **values: object) -> dict[str, Any]:
        """Create a session; return it."""
        answer = self.post("/sessions", json={"method": method, **values})
        assert answer.status_code == 201, answer.text
        session: dict[str, Any] = answer.json()
        return session


class RealServer:
    """A server process; use it as a context manager.

    Attributes:
        data: Its data folder.
        url: The address that it reported when it was ready.
        log_path: The file, beside the data folder, with what it writes to standard error.
        expected_errors: Regular expressions for the ERROR log messages that may occur.

    Raises:
        RuntimeError: it did not become ready; the message is what it wrote to standard error.
    """

    def __init__(
        self,
        data: Path,
        *options: str,
        make_owner: bool = True,
        environment: Mapping[str, str] | None = None,
        first_line: str | None = None,
        verify: Path | None = None,
        prefix: Sequence[str] = (),
    ) -> None:
        """Prepare a server.

        Args:
            data: Its data folder.
            options: More arguments of the command line.
            make_owner: Whether to run ``create-owner`` first, with the same ``--database-url``.
            environment: Variables in addition to those of this process.
            first_line: Written to standard input, which then stays open (for ``--local``).
            verify: The certificate to trust for ``https``.
            prefix: Words before the command line, of a program that starts it.
        """
        self.data = data
        self.url = ""
        self.expected_errors: list[str] = []
        self._options = options
        self._prefix = prefix
        self._environment = {**os.environ, **(environment or {})}
        self._first_line = first_line
        self._verify = verify
        self.log_path = data.with_name(f"{data.name}.log")
        self._port = "0"
        self._process: subprocess.Popen[str] | None = None
        self._askers: list[Asker] = []
        if make_owner:
            done = create_owner(data, *_database_options(options))
            assert done.returncode == 0, done.stderr

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for asker in self._askers:
            asker.close()
        if kind is not None:
            self.kill()
        elif self.running:
            self.stop()

    @cached_property
    def owner(self) -> Asker:
        """The owner, signed in once; still signed in after the server has started again."""
        return self.sign_in()

    @property
    def api(self) -> str:
        """The address of its API."""
        return f"{self.url}/api/v1"

    @property
    def events_url(self) -> str:
        """The address of its event stream."""
        return self.api.replace("http", "ws", 1) + "/events"

    @property
    def process(self) -> "subprocess.Popen[str]":
        """The process that was started last."""
        assert self._process is not None, "start the server first"
        return self._process

    @property
    def running(self) -> bool:
        """Whether the process is running."""
        return self._process is not None and self._process.poll() is None

    def start(self, *more_options: str) -> None:
        """Start the process, on the same port as before, and wait until it is ready."""
        words = ["--data", str(self.data), "--port", self._port, *self._options, *more_options]
        with self.log_path.open("ab") as log:
            self._process = subprocess.Popen(
                [*self._prefix, *COMMAND, *words],
                env=self._environment,
                stdin=subprocess.PIPE if self._first_line is not None else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        if self._first_line is not None and self._process.stdin is not None:
            self._process.stdin.write(f"{self._first_line}\n")
            self._process.stdin.flush()
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.startswith("Ready: "):
            self.kill()
            raise RuntimeError(f"{line}{self.log_text()}")
        self.url = line.removeprefix("Ready: ").strip()
        self._port = self.url.rpartition(":")[2]

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> None:
        """Ask the process to stop; check that it ended well and logged no unexpected error."""
        self.process.send_signal(sign)
        self.check_end()

    def check_end(self) -> None:
        """Wait for the end of the process; check its exit code and its log."""
        code = self.process.wait(WAIT_S)
        self._let_go()
        assert code == 0, f"exit code {code}\n{self.log_text()}"
        self.check_log()

    def kill(self) -> None:
        """Kill the process as ``kill -9`` does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(WAIT_S)
            self._let_go()

    def asker(self, access_token: str = "") -> Asker:
        """Return a session for the API, which is closed with the server."""
        asker = Asker(self.api, access_token)
        if self._verify is not None:
            asker.verify = str(self._verify)
        self._askers.append(asker)
        return asker

    def sign_in(self, email: str = OWNER_EMAIL, password: str = OWNER_PASSWORD) -> Asker:
        """Return a session signed in with *email* and *password*."""
        answer = self.asker().post("/auth/token", json={"email": email, "password": password})
        assert answer.status_code == 200, answer.text
        return self.asker(answer.json()["access_token"])

    def log_text(self) -> str:
        """Return what all processes so far wrote to standard error."""
        return self.log_path.read_text("utf-8")

    def log_records(self) -> list[dict[str, Any]]:
        """Return the log; fails if a line is not a JSON object."""
        return [_record(line) for line in self.log_text().splitlines()]

    def check_log(self) -> None:
        """Fail if the log has an error that is not among ``expected_errors``."""
        unexpected = [
            record
            for record in self.log_records()
            if record["level"] in ("ERROR", "CRITICAL")
            and not _is_expected(record, self.expected_errors)
        ]
        assert not unexpected, unexpected

    def _let_go(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


def create_owner(
    data: Path,
    *more_options: str,
    email: str = OWNER_EMAIL,
    password: str = OWNER_PASSWORD,
) -> "subprocess.CompletedProcess[str]":
    """Run ``rescue-server create-owner``; return its exit code and output."""
    words = ["--email", email, "--name", OWNER_NAME, "--organization", ORGANIZATION]
    return run_command(
        "create-owner",
        "--data",
        str(data),
        *words,
        "--password-stdin",
        *more_options,
        typed=f"{password}\n",
    )


def run_command(
    *words: str, typed: str = "", environment: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run ``rescue-server`` with *words* until it ends; return its exit code and output."""
    return subprocess.run(
        [*COMMAND, *words],
        env={**os.environ, **(environment or {})},
        input=typed,
        capture_output=True,
        text=True,
        timeout=WAIT_S,
        check=False,
    )


def _database_options(options: Iterable[str]) -> list[str]:
    words = list(options)
    if "--database-url" not in words:
        return []
    place = words.index("--database-url")
    return words[place : place + 2]


def _record(line: str) -> dict[str, Any]:
    try:
        record: dict[str, Any] = json.loads(line)
    except ValueError:
        raise AssertionError(f"not a JSON line in the server's log: {line}") from None
    return record


def _is_expected(record: Mapping[str, Any], patterns: Iterable[str]) -> bool:
    said = f"{record['part']}: {record['said']}"
    return any(re.search(pattern, said) for pattern in patterns)
