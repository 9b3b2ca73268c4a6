"""A valid way back into a session after a restart."""

from rescue_console.applet.returning.way_back import WayBack
from rescue_console.protocol.powers import Power

NOW_S = 1_800_000_000.0


GOOD = WayBack(
    server_url="https://help.example",
    session_id="0" * 32,
    token="t" * 43,
    technician="Nora",
    organization="Example Help",
    powers=[Power.CONTROL],
    pin="ab" * 32,
    written_at=NOW_S,
)
