"""Strangers, who know neither code nor token, do not hold up writers."""

import asyncio

import pytest

from rescue_console.protocol.choices import DevicePlatform
from rescue_console.protocol.problems import ProblemWord
from tests.stage.rules.refused import refused
from tests.stage.rules.workplace import Workplace

CODE, KEY = "000000", "A" * 22


@pytest.mark.parametrize("what", ["join", "applet", "leave", "refresh", "sign out"])
async def test_strangers_are_answered_while_somebody_writes(work: Workplace, what: str) -> None:
    parts = work.parts
    # Anything that asked for the write lock in here would wait forever.
    async with parts.database.write(), asyncio.timeout(30):
        match what:
            case "join":
                assert await parts.customers.join(CODE, KEY, DevicePlatform.LINUX) is None
            case "applet":
                platform = DevicePlatform.LINUX
                assert await parts.helping.join_with_applet(CODE, KEY, platform) is None
            case "leave":
                assert await parts.customers.leave("nobody's") is None
            case "refresh":
                with refused(ProblemWord.NOT_SIGNED_IN):
                    await parts.sign_ins.refresh("nobody's")
            case "sign out":
                await parts.sign_ins.sign_out("nobody's")
