"""The waits of the stage end as soon as what they wait for is there, and else complain."""

import asyncio

import pytest

from tests.stage.until import until, until_here, wait_until

WITHIN_S = 0.05


async def test_what_another_program_shows_is_asked_for_in_a_thread() -> None:
    answers = iter([False, True])
    await until(lambda: next(answers))
    assert next(answers, None) is None


async def test_news_are_looked_at_at_once() -> None:
    news = asyncio.Event()
    told: list[str] = []

    def tell() -> None:
        told.append("it")
        news.set()

    asyncio.get_running_loop().call_soon(tell)
    await until_here(lambda: told, look_every_s=1_000, within_s=30, news=news)


async def test_without_news_it_is_looked_at_again_and_again() -> None:
    answers = iter([False, False, True])
    await until_here(lambda: next(answers), look_every_s=0)


async def test_what_never_holds_is_a_time_out() -> None:
    with pytest.raises(TimeoutError):
        await until_here(lambda: False, within_s=WITHIN_S)


def test_without_a_loop_what_was_found_is_returned() -> None:
    answers = iter(["", "found"])
    assert wait_until(lambda: next(answers)) == "found"


def test_without_a_loop_what_never_comes_is_a_time_out() -> None:
    with pytest.raises(TimeoutError):
        wait_until(lambda: None, within_s=WITHIN_S)
