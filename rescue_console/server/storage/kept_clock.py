"""The server's clock as it stood, kept beside the database for the next start.

It holds until the machine is started again: only then does the counter that the clock goes by begin
anew. So a clock that jumps while the server is being restarted is noticed, too.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from rescue_console.server.data_folder import CLOCK, leave_to_owner

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
"""Source: random(4). Other systems have nothing that is as certain, so nothing is kept there."""

_MICROSECOND = timedelta(microseconds=1)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class KeptClock:
    """How a server's clock stood.

    Attributes:
        offset: Its time when the machine's counter was zero, since 1970.
        moved: By how much the times in the database had been moved by then.
    """

    offset: timedelta
    moved: timedelta


class ClockFile:
    """The file in the folder *data*."""

    def __init__(self, data: Path) -> None:
        self._path = data / CLOCK

    def read(self) -> KeptClock | None:
        """Return what was kept since the machine was started; None if there is nothing."""
        try:
            boot, offset, moved = self._path.read_text("ascii").split()
            if boot == _boot():
                return KeptClock(int(offset) * _MICROSECOND, int(moved) * _MICROSECOND)
        except (OSError, ValueError, OverflowError):
            pass
        return None

    def keep(self, clock: KeptClock) -> None:
        """Keep *clock*; that the folder cannot be written is only logged."""
        boot = _boot()
        if not boot:
            return
        words = f"{boot} {clock.offset // _MICROSECOND} {clock.moved // _MICROSECOND}\n"
        fresh = self._path.with_name(f"{CLOCK}.new")
        try:
            leave_to_owner(fresh)
            fresh.write_text(words, "ascii")
            fresh.replace(self._path)
        except OSError:
            _log.warning("The server's clock cannot be kept beside the database.", exc_info=True)


def _boot() -> str:
    try:
        return BOOT_ID.read_text("ascii").strip()
    except OSError:
        return ""
