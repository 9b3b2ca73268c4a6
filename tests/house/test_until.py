"""The waits of the stage end as soon as their condition holds, and otherwise fail."""

import asyncio

import pytest

from tests.stage.until import until, until_here, wait_until

WITHIN_S = 0.05


async def test_a_condition_of_another_program_is_checked_until_it_holds() -> None:
    answers = iter([False, True])
    await until(lambda: next(answers))
    assert next(answers, None) is None


async def test_news_leads_to_an_immediate_check() -> None:
    news = asyncio.Event()
    done: list[str] = []

    def do() -> None:
        done.append("it")
        news.set()

    asyncio.get_running_loop().call_soon(do)
    await until_here(lambda: done, look_every_s=1_000, within_s=30, news=news)


async def test_without_news_the_condition_is_checked_again_and_again() -> None:
    answers = iter([False, False, True])
    await until_here(lambda: next(answers), look_every_s=0)


async def test_a_condition_that_never_holds_is_a_timeout() -> None:
    with pytest.raises(TimeoutError):
        await until_here(lambda: False, within_s=WITHIN_S)


def test_without_a_loop_the_result_is_returned() -> None:
    answers = iter(["", "found"])
    assert wait_until(lambda: next(answers)) == "found"


def test_without_a_loop_a_missing_result_is_a_timeout() -> None:
    with pytest.raises(TimeoutError):
        wait_until(lambda: None, within_s=WITHIN_S)
