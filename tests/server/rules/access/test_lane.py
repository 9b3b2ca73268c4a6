"""Work that takes memory and a core: a bounded number at once, and waiting."""

import asyncio
import threading

import pytest

from rescue_console.protocol.problems import ProblemWord
from rescue_console.server.parts import Parts
from rescue_console.server.rules.access import passwords
from rescue_console.server.rules.access.lane import Lane, LaneFull
from rescue_console.server.rules.access.throttle import sign_in_buckets
from tests.stage.rules.company import ADDRESS, PASSWORD, email_of
from tests.stage.rules.refused import refused
from tests.stage.until import WAIT_S


async def test_no_more_than_its_number_work_at_once_and_wait() -> None:
    lane = Lane("tests", at_once=2, waiting_max=3)
    go, inside, most = threading.Event(), 0, 0
    counting = threading.Lock()

    def work() -> None:
        nonlocal inside, most
        with counting:
            inside += 1
            most = max(most, inside)
        assert go.wait(WAIT_S)
        with counting:
            inside -= 1

    tasks = [asyncio.create_task(lane.run(work)) for _ in range(6)]
    with pytest.raises(LaneFull):
        await tasks[-1]
    go.set()
    await asyncio.gather(*tasks[:-1])
    assert most == 2
    assert await lane.run(lambda: 7) == 7


async def test_who_gave_up_waiting_keeps_the_place_until_the_thread_is_done() -> None:
    lane = Lane("tests", at_once=1, waiting_max=0)
    began, go = threading.Event(), threading.Event()

    def work() -> None:
        began.set()
        assert go.wait(WAIT_S)

    task = asyncio.create_task(lane.run(work))
    assert await asyncio.to_thread(began.wait, WAIT_S)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    with pytest.raises(LaneFull):
        await lane.run(lambda: None)
    go.set()
    async with asyncio.timeout(WAIT_S):
        while True:
            try:
                await lane.run(lambda: None)
                break
            except LaneFull:
                await asyncio.sleep(0)


async def test_a_sign_in_that_finds_too_many_waiting_is_no_guess(
    parts: Parts, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(passwords, "_strangers", Lane("tests", at_once=1, waiting_max=-1))
    nora = email_of("nora")
    with refused(ProblemWord.TOO_MANY_ATTEMPTS) as caught:
        await parts.sign_ins.sign_in(nora, PASSWORD, ADDRESS)
    assert caught.problem.retry_after_s == 5
    # Nor does the log say so in the words that make fail2ban shut somebody out.
    [record] = caplog.records
    assert record.getMessage().startswith("Sign-in put off")
    assert (vars(record)["address"], vars(record)["account"]) == (ADDRESS, nora)
    for bucket in sign_in_buckets(nora, ADDRESS):
        assert await parts.throttle.count(bucket) == 0


async def test_strangers_do_not_keep_technicians_from_changing_their_password(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = await parts.sign_ins.sign_in(email_of("nora"), PASSWORD, ADDRESS)
    caller, _ = await parts.sign_ins.caller(pair.access_token)
    monkeypatch.setattr(passwords, "_strangers", Lane("tests", at_once=1, waiting_max=-1))
    new = "eleven orange kettles whistling"
    await parts.sign_ins.change_password(caller, PASSWORD, new, ADDRESS)


async def test_strangers_do_not_keep_out_a_device_that_signed_in_lately(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    nora = email_of("nora")
    device = (await parts.sign_ins.sign_in(nora, PASSWORD, ADDRESS)).device or ""
    monkeypatch.setattr(passwords, "_strangers", Lane("tests", at_once=1, waiting_max=-1))
    assert (await parts.sign_ins.sign_in(nora, PASSWORD, ADDRESS, device)).access_token
    for email, mark in ((nora, "of somebody else's making"), (email_of("nils"), device)):
        with refused(ProblemWord.TOO_MANY_ATTEMPTS):
            await parts.sign_ins.sign_in(email, PASSWORD, ADDRESS, mark)
