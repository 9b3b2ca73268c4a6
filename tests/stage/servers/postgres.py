"""Starts a separate PostgreSQL server, with data and socket in a temporary folder."""

import os
import shutil
import subprocess
import sys
import tempfile
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import psycopg

_ACCOUNT = "postgres"
"""PostgreSQL refuses to run as root; its Debian package creates this account."""

_CARELESS = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"


class PostgresProcess:
    """A running PostgreSQL server, not protected against crashes; use it as a context manager.

    Raises:
        FileNotFoundError: PostgreSQL is not installed.
    """

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="rescue-postgres-"))
        self._user = _ACCOUNT if sys.platform != "win32" and os.geteuid() == 0 else None
        if self._user:
            shutil.chown(self._folder, self._user)
        self._numbers = count(1)
        data = self._folder / "data"
        self._run("initdb", f"--pgdata={data}", "--auth=trust", "--username=tests", "--no-sync")
        options = f"-c listen_addresses= -c unix_socket_directories={self._folder} {_CARELESS}"
        self._start = (f"--log={self._folder / 'log'}", f"--options={options}", "start")
        self._pg_ctl = ("pg_ctl", f"--pgdata={data}", "--wait")
        self.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._running:
            self.stop()
        shutil.rmtree(self._folder)

    def start(self) -> None:
        """Start it again after ``stop``; return when it takes connections."""
        self._run(*self._pg_ctl, *self._start)
        self._running = True

    def stop(self) -> None:
        """Stop it at once, as a crash does."""
        self._run(*self._pg_ctl, "--mode=immediate", "stop")
        self._running = False

    def make_database(self, template: str = "template1") -> str:
        """Make a copy of *template*, which must not be in use; by default empty. Return its URL."""
        name = f"tests_{next(self._numbers)}"
        self._command(f"CREATE DATABASE {name} TEMPLATE {template}")
        return f"postgresql://tests@/{name}?host={self._folder}"

    def drop_database(self, url: str) -> None:
        """Remove a database that ``make_database`` made: each takes some megabytes on disk."""
        self._command(f"DROP DATABASE {database_name(url)} WITH (FORCE)")

    def _command(self, command: str) -> None:
        with psycopg.connect(
            f"host={self._folder} user=tests dbname=postgres", autocommit=True
        ) as connection:
            connection.execute(command.encode())

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [_find(program), *arguments],
            check=True,
            cwd=self._folder,
            user=self._user,
            stdout=subprocess.DEVNULL,
        )


def database_name(url: str) -> str:
    """Return the name of the database in *url*."""
    return urlsplit(url).path.removeprefix("/")


def _find(program: str) -> str:
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    found = shutil.which(program) or (str(installed[-1]) if installed else None)
    if found is None:
        raise FileNotFoundError(f"PostgreSQL's {program} is needed: apt-get install postgresql")
    return found
