"""Holds back a customer whose requests write more than helping needs.

Only who is known gets this far, and before the write: nobody keeps others waiting for the database.
"""

import asyncio

from rescue_console.protocol.problems import ProblemWord
from rescue_console.server.refusals import refuse
from rescue_console.server.rules.helping.rate_limit import RateLimit

SAY_AGAIN_S = 5
"""A page whose messages would have to wait for longer is refused instead."""


async def pace(rate_limit: RateLimit, session_id: str) -> None:
    """Count a request that writes, and wait until its session may write again.

    Raises:
        Refusal: ``too-many-attempts`` where that would take too long.
    """
    await asyncio.sleep(pause_after(rate_limit, session_id, asyncio.get_running_loop().time()))


def pause_after(rate_limit: RateLimit, session_id: str, now_s: float, characters: int = 0) -> float:
    """Count one message of that length; return how many seconds its answer has to wait.

    Raises:
        Refusal: ``too-many-attempts`` where that would be too long.
    """
    wait_s = rate_limit.wait_s(session_id, now_s, characters)
    if wait_s > SAY_AGAIN_S:
        raise refuse(ProblemWord.TOO_MANY_ATTEMPTS, "This page says too much at once.")
    return wait_s
