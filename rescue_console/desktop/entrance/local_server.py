"""The embedded server of ``--local``: a child process that never outlives this program.

It gets a new password for its owner account at each start, on its standard input, and stops when
that input ends, which also happens when this program is killed.
"""

import asyncio
import getpass
import logging
import os
import secrets
import socket
import sys
from collections import deque
from contextlib import suppress
from pathlib import Path

import msgspec

from rescue_console.desktop.program.jobs import Jobs

USUAL_PORT = 47_500
OWNER = "owner@localhost"
READY = "Ready: "
START_TIMEOUT_S = 60.0
STOP_TIMEOUT_S = 8.0
"""How long the server may take to stop by itself before it is killed."""
_WORDS_KEPT = 30
_NO_WINDOW = 0x0800_0000 if sys.platform == "win32" else 0
"""CREATE_NO_WINDOW. Source: Windows' process creation flags."""

_log = logging.getLogger(__name__)


class LocalServerFailed(Exception):
    """The embedded server did not start; the message is what it wrote, which may be empty."""


class Running(msgspec.Struct, frozen=True):
    """A server that accepts requests."""

    url: str
    port: int
    password: str


class LocalServer:
    """Starts and stops the embedded server.

    Args:
        folder: Where it keeps its data and, as files, the mails that it sends.
        jobs: Runs the coroutines that read the server's output.
    """

    def __init__(self, folder: Path, jobs: Jobs, port: int = 0, language: str = "en") -> None:
        self._folder = folder
        self._jobs = jobs
        self._port = port or USUAL_PORT
        self._language = language
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._words: deque[str] = deque(maxlen=_WORDS_KEPT)

    @property
    def outbox(self) -> Path:
        """The folder in which the mails arrive as files."""
        return self._folder / "outbox"

    async def start(self) -> Running:
        """Start the server and return where it answers.

        Raises:
            LocalServerFailed: The server ended, or was not ready after START_TIMEOUT_S seconds.
        """
        password = secrets.token_urlsafe(24)
        port = _free_port(self._port)
        try:
            return await self._start_at(port, password)
        except LocalServerFailed:
            if not port or _free_port(port):
                raise
            # Another program took the port between the check and the server's start.
            return await self._start_at(0, password)

    async def _start_at(self, port: int, password: str) -> Running:
        self._words.clear()
        try:
            self.outbox.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._process = await self._spawn(port)
        except OSError as error:
            raise LocalServerFailed(str(error)) from error
        self._reader = self._jobs.start(self._read_words(self._process), "server's words")
        try:
            async with asyncio.timeout(START_TIMEOUT_S):
                url = await self._wait_until_ready(self._process, password)
        except TimeoutError:
            await self.stop()
            raise LocalServerFailed(self._last_words()) from None
        except BaseException:
            await self.stop()
            raise
        self._jobs.start(self._drain(self._process), "server's output")
        return Running(url, int(url.rpartition(":")[2]), password)

    async def stop(self) -> None:
        """Let the server stop by itself, else kill it, and wait until it has ended."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            async with asyncio.timeout(STOP_TIMEOUT_S):
                await process.wait()
        except TimeoutError:
            _log.warning("The embedded server did not end by itself.")
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _spawn(self, port: int) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *_program(),
            "--local",
            "--data",
            str(self._folder),
            "--port",
            str(port),
            "--smtp-url",
            self.outbox.absolute().as_uri(),
            "--local-language",
            self._language,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=_environment(),
            creationflags=_NO_WINDOW,
        )

    async def _wait_until_ready(self, process: asyncio.subprocess.Process, password: str) -> str:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{password}\n".encode())
        with suppress(ConnectionError):
            await process.stdin.drain()
        while line := await process.stdout.readline():
            text = line.decode(errors="replace").strip()
            if text.startswith(READY):
                return text.removeprefix(READY)
        await process.wait()
        if self._reader is not None:
            await asyncio.wait([self._reader])
        raise LocalServerFailed(self._last_words())

    async def _read_words(self, process: asyncio.subprocess.Process) -> None:
        """Keep the last lines that the server writes, and keep its pipe from filling up."""
        assert process.stderr is not None
        while line := await process.stderr.readline():
            self._words.append(line.decode(errors="replace").rstrip())

    @staticmethod
    async def _drain(process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        while await process.stdout.readline():
            pass

    def _last_words(self) -> str:
        complaints = [word for word in self._words if word.startswith("rescue-server: ")]
        return "\n".join(complaints or self._words).replace("rescue-server: ", "").strip()


def _program() -> list[str]:
    """Return the server's command: beside the executable once packaged, else this interpreter."""
    if getattr(sys, "frozen", False):
        name = "rescue-server.exe" if sys.platform == "win32" else "rescue-server"
        return [str(Path(sys.executable).with_name(name))]
    return [sys.executable, "-m", "rescue_console.server"]


def _environment() -> dict[str, str]:
    """Return this program's environment without settings meant for another server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RESCUE_")}
    try:
        kept["RESCUE_LOCAL_NAME"] = getpass.getuser()
    except (KeyError, OSError, ImportError):
        _log.debug("This person has no user name.")
    return kept


def _free_port(wanted: int) -> int:
    """Return *wanted* if it is free, else 0, which lets the system choose."""
    with socket.socket() as probe:
        if sys.platform != "win32":
            # Connections of the last run that are still closing do not count.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            return 0
    return wanted
