"""The embedded server of ``--local``: a child process that never outlives this program.

It gets a new password for its owner account each time that this program starts, on its standard
input, and stops when that input ends, which also happens when this program is killed.

This program opens the port itself, keeps it open, and hands it to each server that it starts. So
no other program can get the port when a server has died, and with it tokens or what customers
send: they wait until the next server takes them.
"""

import asyncio
import base64
import getpass
import logging
import os
import secrets
import socket
import sys
from collections import deque
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal

from rescue_console.desktop.entrance.local_port import open_port
from rescue_console.desktop.program.jobs import Jobs

USUAL_PORT = 47_500
OWNER = "owner@localhost"
READY = "Ready: "
START_TIMEOUT_S = 60.0
STOP_TIMEOUT_S = 8.0
"""How long the server may take to stop by itself before it is killed."""
DEATHS_MAX = 5
DEATHS_WITHIN_S = 300.0
"""A server that has ended DEATHS_MAX times within DEATHS_WITHIN_S is not started again."""
AGAIN_S = (0.0, 0.0, 1.0, 3.0, 9.0)
"""How long to wait before it is started again, by how often it has ended lately."""
_WORDS_KEPT = 30
_NO_WINDOW = 0x0800_0000 if sys.platform == "win32" else 0
"""CREATE_NO_WINDOW. Source: Windows' process creation flags."""

_log = logging.getLogger(__name__)


class LocalServerFailed(Exception):
    """The embedded server did not start; the message is what it wrote, which may be empty."""


class ServerState(Enum):
    """How the embedded server is."""

    RUNNING = auto()
    AWAY = auto()
    """It has ended unexpectedly and is being started again."""
    GIVEN_UP = auto()
    """It has ended too often to be started again by itself."""


class Running(msgspec.Struct, frozen=True):
    """A server that accepts requests."""

    url: str
    port: int
    password: str


class LocalServer(QObject):
    """Starts the embedded server, starts it again when it ends unexpectedly, and stops it.

    Signals:
        state_changed: ``state`` is another one.

    Attributes:
        state: How the server is, once it has been started.

    Args:
        folder: Where it keeps its data and, as files, the mails that it sends.
        jobs: Runs the coroutines that read the server's output and watch it.
        port: Where it listens if that port is free; 0 = the usual one.
        language: Its owner's language.
        applets: The folder with the applets that it offers to customers; ``None`` = it has none.
    """

    state_changed = Signal()

    def __init__(
        self,
        folder: Path,
        jobs: Jobs,
        port: int = 0,
        language: str = "en",
        applets: Path | None = None,
    ) -> None:
        super().__init__()
        self._folder = folder
        self._jobs = jobs
        self._port = port or USUAL_PORT
        self._language = language
        self._applets = applets
        self._password = secrets.token_urlsafe(24)
        self._listener: socket.socket | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._watch: asyncio.Task[None] | None = None
        self._words: deque[str] = deque(maxlen=_WORDS_KEPT)
        self._deaths: deque[float] = deque(maxlen=DEATHS_MAX)
        self.state = ServerState.RUNNING

    @property
    def outbox(self) -> Path:
        """The folder in which the mails arrive as files."""
        return self._folder / "outbox"

    @property
    def last_words(self) -> str:
        """What the server complained of last; empty when it said nothing."""
        complaints = [word for word in self._words if word.startswith("rescue-server: ")]
        return "\n".join(complaints or self._words).replace("rescue-server: ", "").strip()

    async def start(self) -> Running:
        """Start the server, unless it runs already, and return where it answers.

        Raises:
            LocalServerFailed: The server ended, or was not ready after START_TIMEOUT_S seconds.
        """
        if self._watch is None:
            try:
                await self._launch()
            except BaseException:
                self._let_port_go()
                raise
            self._begin_watching()
        assert self._listener is not None
        host, port = self._listener.getsockname()
        return Running(f"http://{host}:{port}", port, self._password)

    def start_again(self) -> None:
        """Start a server again that has ended too often."""
        if self.state is ServerState.GIVEN_UP:
            self._deaths.clear()
            self._begin_watching()

    async def stop(self) -> None:
        """Let the server stop by itself, else kill it, and wait until it has ended."""
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.cancel()
            await asyncio.wait([watch])
        await self._end_process()
        self._let_port_go()

    def _let_port_go(self) -> None:
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()

    # Watching

    def _begin_watching(self) -> None:
        self._watch = self._jobs.start(self._keep_running(), "watch the embedded server")

    async def _keep_running(self) -> None:
        """Start the server again whenever it ends, until that happens too often."""
        while True:
            if self._process is not None:
                await self._wait_for_death(self._process)
            if self._lately() >= DEATHS_MAX:
                self._set_state(ServerState.GIVEN_UP)
                return
            self._set_state(ServerState.AWAY)
            await asyncio.sleep(AGAIN_S[min(self._lately(), len(AGAIN_S) - 1)])
            try:
                await self._launch()
            except LocalServerFailed as failure:
                self._note_death(f"The embedded server did not start again: {failure}")
            else:
                self._set_state(ServerState.RUNNING)

    async def _wait_for_death(self, process: asyncio.subprocess.Process) -> None:
        code = await process.wait()
        self._process = None
        if self._reader is not None:
            await asyncio.wait([self._reader])
        self._note_death(f"The embedded server ended with {code}: {self.last_words}")

    def _note_death(self, words: str) -> None:
        _log.warning("%s", words)
        self._deaths.append(asyncio.get_running_loop().time())

    def _lately(self) -> int:
        """Return how often the server has ended within DEATHS_WITHIN_S."""
        since = asyncio.get_running_loop().time() - DEATHS_WITHIN_S
        return sum(time > since for time in self._deaths)

    def _set_state(self, state: ServerState) -> None:
        if state is not self.state:
            self.state = state
            self.state_changed.emit()

    # The process

    async def _launch(self) -> None:
        """Start the server and wait until it is ready.

        Raises:
            LocalServerFailed: The server ended, or was not ready after START_TIMEOUT_S seconds.
        """
        self._words.clear()
        try:
            self.outbox.mkdir(parents=True, exist_ok=True, mode=0o700)
            if self._listener is None:
                self._listener = open_port(self._port)
            process = self._process = await self._spawn(self._listener)
        except OSError as error:
            raise LocalServerFailed(str(error)) from error
        self._reader = self._jobs.start(self._read_words(process), "server's words")
        try:
            async with asyncio.timeout(START_TIMEOUT_S):
                await self._wait_until_ready(process, self._listener)
        except TimeoutError:
            await self._end_process()
            raise LocalServerFailed(self.last_words) from None
        except OSError as error:  # On Windows, the process may have ended before it got its socket.
            await self._end_process()
            raise LocalServerFailed(str(error)) from error
        except BaseException:
            await self._end_process()
            raise
        self._jobs.start(self._drain(process), "server's output")

    async def _end_process(self) -> None:
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

    async def _spawn(self, listener: socket.socket) -> asyncio.subprocess.Process:
        inherited: tuple[int, ...] = (listener.fileno(),)
        handed = str(listener.fileno())
        if sys.platform == "win32":
            # Only a process that runs already can be given a socket: it comes on standard input.
            inherited, handed = (), "stdin"
        return await asyncio.create_subprocess_exec(
            *_program(),
            "--local",
            "--data",
            str(self._folder),
            "--local-socket",
            handed,
            "--smtp-url",
            self.outbox.absolute().as_uri(),
            "--local-language",
            self._language,
            *(("--applets", str(self._applets)) if self._applets is not None else ()),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=_environment(),
            creationflags=_NO_WINDOW,
            pass_fds=inherited,
        )

    async def _wait_until_ready(
        self, process: asyncio.subprocess.Process, listener: socket.socket
    ) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{self._password}\n".encode())
        if sys.platform == "win32":
            process.stdin.write(base64.b64encode(listener.share(process.pid)) + b"\n")
        with suppress(ConnectionError):
            await process.stdin.drain()
        while line := await process.stdout.readline():
            if line.startswith(READY.encode()):
                return
        await process.wait()
        if self._reader is not None:
            await asyncio.wait([self._reader])
        raise LocalServerFailed(self.last_words)

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
