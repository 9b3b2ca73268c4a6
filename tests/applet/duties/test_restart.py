"""The duty that restarts: what happens if the customer or the system objects midway."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest

from rescue_console.applet.consent.grants import Grants
from rescue_console.applet.duties import restart as restarting
from rescue_console.applet.duties.restart import Restart
from rescue_console.applet.returning.way_back import WayBack
from rescue_console.protocol.channel import Message, RestartEnded, RestartWanted
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.restart import RestartProblem
from tests.stage.applets.computer import Computer
from tests.stage.applets.granting import grant
from tests.stage.applets.way_back import GOOD
from tests.stage.until import WAIT_S

GRANTED = {Power.REBOOT: Consent.GRANTED, Power.CONTROL: Consent.GRANTED}


@dataclass
class Applet:
    """The duty, and what it has reported."""

    computer: Computer
    grants: Grants = field(init=False)
    duty: Restart = field(init=False)
    sent: list[Message] = field(default_factory=list)
    reported: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.grants = Grants(lambda power: self.duty.power_ended(power))
        grant(self.grants, GRANTED)
        self.duty = Restart(
            self.computer, self.grants, self.sent.append, self.way_back, lambda: None, self.end
        )

    def way_back(self) -> WayBack:
        powers = [power for power in self.grants.granted() if power is not Power.REBOOT]
        return msgspec.structs.replace(GOOD, powers=powers, written_at=time.time())

    def end(self, problem: RestartProblem, detail: str) -> None:
        self.reported.set()

    async def ended(self) -> RestartProblem:
        """Return why nothing was restarted."""
        async with asyncio.timeout(WAIT_S):
            await self.reported.wait()
        [ended] = self.sent
        assert isinstance(ended, RestartEnded)
        return ended.problem

    def left_behind(self) -> list[Path]:
        folder = self.computer.data_folder()
        return list(folder.rglob("*")) if folder.exists() else []


@pytest.fixture
async def applet(tmp_path: Path) -> AsyncIterator[Applet]:
    applet = Applet(Computer(tmp_path / "data"))
    yield applet
    await applet.duty.aclose()
    assert applet.left_behind() == []


async def hurried(applet: Applet) -> None:
    await applet.duty.do(RestartWanted(id=1))
    applet.duty.hurry()


async def test_a_computer_that_keeps_running_is_reported(
    applet: Applet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restarting, "STILL_RUNNING_AFTER_S", 0)
    await hurried(applet)
    assert await applet.ended() is RestartProblem.STILL_RUNNING
    assert applet.computer.restarts == 1
    assert applet.duty.seconds is None
    assert (applet.computer.entries, applet.left_behind()) == ({}, [])


async def test_a_request_during_the_countdown_is_ignored_and_a_later_one_is_not(
    applet: Applet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restarting, "STILL_RUNNING_AFTER_S", 0)
    await applet.duty.do(RestartWanted(id=1))
    await applet.duty.do(RestartWanted(id=2))
    applet.duty.hurry()
    await applet.ended()
    assert applet.computer.restarts == 1
    applet.sent.clear()
    applet.reported.clear()
    await hurried(applet)
    await applet.ended()
    assert applet.computer.restarts == 2


async def test_a_power_taken_back_during_shutdown_does_not_come_back(
    applet: Applet,
) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def restart() -> None:
        asked.set()
        go_on.wait(WAIT_S)

    applet.computer.on_restart = restart
    await hurried(applet)
    assert await asyncio.to_thread(asked.wait, WAIT_S)
    applet.grants.take_back([Power.CONTROL])
    [file] = applet.computer.data_folder().rglob("*.json")
    assert msgspec.json.decode(file.read_bytes(), type=WayBack).powers == []
    go_on.set()


async def test_a_power_that_ends_after_the_countdown_still_prevents_the_restart(
    applet: Applet,
) -> None:
    await hurried(applet)
    call_at_sign_in = applet.computer.call_at_sign_in

    def take_back(name: str, command: object) -> None:
        call_at_sign_in(name, [])
        applet.grants.take_back([Power.REBOOT])

    applet.computer.call_at_sign_in = take_back  # type: ignore[method-assign]
    assert await applet.ended() is RestartProblem.TAKEN_BACK
    assert applet.computer.restarts == 0
    assert (applet.computer.entries, applet.left_behind()) == ({}, [])


async def test_a_session_that_ends_during_the_countdown_does_not_restart(applet: Applet) -> None:
    await applet.duty.do(RestartWanted(id=1))
    await applet.duty.aclose()
    assert applet.sent == []
    assert applet.computer.restarts == 0
