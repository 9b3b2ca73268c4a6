"""Waits for PostgreSQL, which starts with the machine as this server does, and takes longer."""

import asyncio
import logging

from psycopg import Error
from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping
from sqlalchemy import make_url

_ANSWER_S = 5
"""How long one question may take; a machine that is still starting drops what is sent to it."""
_PAUSES_S = (0.2, 0.5, 1.0, 2.0)
"""How long to wait before asking again; the last one from then on."""
_SAY_EVERY_S = 10.0

_STATES = {
    Ping.REJECT: "PostgreSQL is starting or stopping and takes no connections yet.",
    Ping.NO_RESPONSE: "PostgreSQL does not answer.",
}

_log = logging.getLogger(__name__)


async def wait_for_postgresql(url: str, wait_s: float) -> None:
    """Return when the PostgreSQL at *url* takes connections, or *wait_s* seconds have passed.

    Whoever connects then learns what else there is to say: a wrong password does not pass by
    waiting, so it is not waited for.
    """
    loop = asyncio.get_running_loop()
    until_s = loop.time() + wait_s
    pauses = iter(_PAUSES_S)
    pause_s, said_s = 0.0, 0.0
    while (state := await asyncio.to_thread(_ask, url)) in _STATES:
        left_s = until_s - loop.time()
        if left_s <= 0:
            return
        if not said_s or loop.time() - said_s >= _SAY_EVERY_S:
            said_s = loop.time()
            _log.warning("%s Waiting for it, %.0f seconds more.", _STATES[state], left_s)
        pause_s = next(pauses, pause_s)
        await asyncio.sleep(min(pause_s, left_s))
    if said_s:
        _log.warning("PostgreSQL answers now.")


def _ask(url: str) -> Ping:
    """Ask as ``pg_isready`` does, which needs neither an account nor a database."""
    parsed = make_url(url).set(drivername="postgresql+psycopg")
    _, words = parsed.get_dialect()().create_connect_args(parsed)
    try:
        text = make_conninfo("", **{"connect_timeout": _ANSWER_S, **words})
    except Error:
        return Ping.NO_ATTEMPT
    return Ping(PGconn.ping(text.encode()))
