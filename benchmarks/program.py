"""A part of a benchmark that runs in its own process and talks line by line."""

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager


class Program:
    """A running ``python -m`` program."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def read(self) -> str:
        """Return the next line of the program's output.

        Raises:
            RuntimeError: the program has ended.
        """
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._process.args!r} has ended")
        return line.strip()

    def ask(self, words: str = "") -> str:
        """Write a line to the program and return its answer."""
        self.write(words)
        return self.read()

    def write(self, words: str = "") -> None:
        """Write a line to the program."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{words}\n")
        self._process.stdin.flush()


@contextmanager
def running(words: Sequence[str], environment: Mapping[str, str]) -> Iterator[Program]:
    """Run ``python -m WORDS`` while the block runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", *words],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield Program(process)
    finally:
        process.terminate()
        process.wait(30)
        process.stdin.close()
        process.stdout.close()
