"""What goes through a throttle goes at its pace."""

import asyncio

from rescue_console.desktop.media.throttle import BURST_S, Throttle


def test_bytes_take_the_time_that_the_pace_gives_them() -> None:
    async def spend() -> float:
        loop = asyncio.get_running_loop()
        throttle = Throttle()
        throttle.bytes_per_s = 1_000_000
        began = loop.time()
        await asyncio.gather(*(throttle.spend(50_000) for _ in range(6)))
        return loop.time() - began

    assert asyncio.run(spend()) >= 0.3 - BURST_S - 0.005


def test_without_a_pace_nothing_waits() -> None:
    async def spend() -> None:
        await Throttle().spend(10**15)

    asyncio.run(asyncio.wait_for(spend(), 30))
