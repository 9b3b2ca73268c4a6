"""Ends what tests have started and not ended, as when their process crashed.

Servers, browsers and displays that live on would keep the build server waiting for their output.
"""

import os
import sys
from contextlib import suppress

import psutil

_MARK = "STARTED_BY_TESTS"


def mark_what_is_started() -> None:
    """Let every process started from now on be known by its environment."""
    os.environ[_MARK] = str(os.getpid())


def end_leftovers() -> None:
    """Kill every process with the mark of this one, and say which they were."""
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.pid != os.getpid() and process.environ().get(_MARK) == str(os.getpid()):
                sys.stderr.write(f"Left running by the tests, and ended: {process.name()}\n")
                process.kill()
