"""A machine whose clock a test sets, and which can sleep."""

from datetime import datetime, timedelta

from rescue_console.server.clock import SteadyClock
from tests.stage.rules.clock import START


class Machine:
    """Its clock can be set; the counter since its start only goes on."""

    def __init__(self) -> None:
        self.shown = START
        self._counted = timedelta(days=3)

    def time(self) -> datetime:
        """Return what the machine's clock shows."""
        return self.shown

    def since_boot(self) -> timedelta:
        """Return what has really passed."""
        return self._counted

    def live(self, **spans: float) -> None:
        """Let ``timedelta(**spans)`` really pass, awake or asleep."""
        self.shown += timedelta(**spans)
        self._counted += timedelta(**spans)

    def jump(self, **spans: float) -> None:
        """Set the clock ahead by ``timedelta(**spans)``, or back."""
        self.shown += timedelta(**spans)

    def start_again(self) -> None:
        """Begin to count anew."""
        self._counted = timedelta()

    def server_clock(self) -> SteadyClock:
        """Return the clock of a server that starts on this machine now."""
        return SteadyClock(self.time, self.since_boot)
