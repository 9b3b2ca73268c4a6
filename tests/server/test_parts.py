"""The server's background tasks survive an unexpected error."""

import asyncio

import pytest

from rescue_console.server import parts


async def test_a_background_task_that_fails_is_logged_and_started_again(
    expected_errors: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected_errors.append("background task failed")
    monkeypatch.setattr(parts, "AGAIN_S", 0.0)
    begun = 0

    async def work() -> None:
        nonlocal begun
        begun += 1
        if begun < 3:
            raise ZeroDivisionError

    await asyncio.wait_for(parts._keep_running(work), 30)
    assert begun == 3
