"""Codes and keys: how long a code must be, and how both are drawn."""

import secrets
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.protocol.choices import ConnectionMethod
from rescue_console.protocol.problems import ProblemWord
from rescue_console.server.refusals import refuse
from rescue_console.server.rules.access.throttle import PIN_TOTAL, is_full
from rescue_console.server.storage.tables import sessions

DIGITS_MIN = 6
DIGITS_MAX = 12
GUESS_ODDS = 100_000
"""A blind guess at a PIN may hit at most once in this many tries."""

SIEGE_DIGITS = 2
"""How many more digits a new PIN has while so many are guessed that guessers are slowed down."""

_DRAWS = 40


def digits_needed(live_pins: int, live_codes: int) -> int:
    """Return how many digits a new code needs.

    A PIN alone opens a session, so the odds of a blind guess must be at most 1 in GUESS_ODDS. And
    a free code must be easy to find, so at most one in ten numbers may be in use.

    Args:
        live_pins: PINs that would open a session, including the new one.
        live_codes: All codes in use, including the new one.
    """
    digits = DIGITS_MIN
    while 10**digits < live_pins * GUESS_ODDS or 10**digits < live_codes * 10:
        digits += 1
    return digits


async def draw_code(connection: AsyncConnection, method: ConnectionMethod, now: datetime) -> str:
    """Return a random code that no live session has.

    Raises:
        Refusal: ``codes-exhausted`` when no free code was found, which takes a nearly full table.
    """
    live = select(func.count()).select_from(sessions).where(sessions.c.live)
    live_codes = (await connection.execute(live)).scalar_one()
    live_pins = 0
    if method is ConnectionMethod.PIN:
        pins = live.where(sessions.c.method == method, sessions.c.customer_token_hash.is_(None))
        live_pins = (await connection.execute(pins)).scalar_one() + 1
    digits = digits_needed(live_pins, live_codes + 1)
    if method is ConnectionMethod.PIN and await is_full(connection, PIN_TOTAL, now):
        digits += SIEGE_DIGITS
    digits = min(digits, DIGITS_MAX)
    for _ in range(_DRAWS):
        code = f"{secrets.randbelow(10**digits):0{digits}}"
        taken = select(sessions.c.id).where(sessions.c.code == code, sessions.c.live)
        if (await connection.execute(taken)).first() is None:
            return code
    raise refuse(ProblemWord.CODES_EXHAUSTED, "No free code was found. Try again.")


def draw_key() -> str:
    """Return 128 random bits as 22 characters of base64url."""
    return secrets.token_urlsafe(16)
