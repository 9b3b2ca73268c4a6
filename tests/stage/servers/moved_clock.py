"""The real server on a machine whose clock a file moves.

``python -m tests.stage.servers.moved_clock`` takes the options of ``rescue-server``. The file named
by ``MOVED_BY`` holds by how many seconds the machine's clock is ahead. The server follows a clock
that stays changed after seconds instead of a minute.
"""

import os
import sys
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from rescue_console.server import serving
from rescue_console.server.__main__ import main
from rescue_console.server.clock import SteadyClock, system_clock
from rescue_console.server.rules.clockwork import clock_watch

COMMAND = [sys.executable, "-m", "tests.stage.servers.moved_clock"]
VARIABLE = "MOVED_BY"


def moved_clock() -> datetime:
    """Return what the machine's clock shows."""
    ahead_s = float(Path(os.environ[VARIABLE]).read_text("ascii"))
    return system_clock() + timedelta(seconds=ahead_s)


if __name__ == "__main__":
    clock_watch.SETTLED = timedelta(seconds=2)
    serving.SteadyClock = partial(SteadyClock, moved_clock)  # type: ignore[assignment, attr-defined]
    sys.exit(main())
