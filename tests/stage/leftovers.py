"""Ends processes that tests have started but not ended, for example because a test process crashed.

Servers, browsers and displays that keep running would keep a build server waiting for their output.
"""

import os
import sys
from contextlib import suppress

import psutil

_MARK = "STARTED_BY_TESTS"


def mark_what_is_started() -> None:
    """Mark this process's environment, and with it that of every process started from now on."""
    os.environ[_MARK] = str(os.getpid())


def end_leftovers() -> None:
    """Kill every process that bears the mark of this one, and print its name."""
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.pid != os.getpid() and process.environ().get(_MARK) == str(os.getpid()):
                sys.stderr.write(f"Left running by the tests, and ended: {process.name()}\n")
                process.kill()
