"""The computer restarts, and the applet comes back into its session by itself."""

import asyncio
import shutil
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from rescue_console.protocol.channel import (
    Greeting,
    PointerMoved,
    RestartEnded,
    RestartWanted,
    SystemInformation,
    SystemInformationWanted,
)
from rescue_console.protocol.restart import RestartProblem
from tests.stage.applets.built import built_applet
from tests.stage.applets.console import Console
from tests.stage.applets.desktop import Account, cut_off
from tests.stage.applets.helped import Helped
from tests.stage.applets.running import FROM_SOURCE, Person, running_applet
from tests.stage.links import link_parts
from tests.stage.servers.rescue_server import RealServer
from tests.stage.until import WAIT_S, until


@dataclass
class Desk(Helped):
    """A session whose customer's computer can restart.

    Attributes:
        account: The customer's account on that computer.
        process: The running applet.
    """

    account: Account
    process: Process

    def status(self) -> str:
        """Return the session's status."""
        return str(self.console.session()["status"])

    def log(self) -> list[tuple[str, str]]:
        """Return the session's log."""
        answer = self.console.owner.get(f"/sessions/{self.console.session_id}/log").json()
        return [(line["what"], line["detail"]) for line in answer["items"]]

    async def counting(self) -> None:
        """Have the technician restart the computer; return once the countdown is shown."""
        before = self.person.height_of_applet()
        answer = self.console.owner.post(f"/sessions/{self.console.session_id}/reboot")
        assert answer.ok, answer.text
        assert answer.json()["status"] == "rebooting"
        self.console.relay.post(RestartWanted(id=7))
        await until(lambda: self.person.height_of_applet() < before)

    async def restarted(self) -> None:
        """Have the customer skip the countdown; return once the computer is off."""
        await self.counting()
        # Go back from Cancel, which has the keyboard focus.
        self.person.press_in_applet("shift+Tab", "Return")
        await until(lambda: self.account.restarts)
        await cut_off(self.process)
        await until(lambda: not self.console.session()["applet"])

    async def ended(self, problem: RestartProblem) -> RestartEnded:
        """Wait until the technician is told why nothing was restarted."""
        ended = await self.console.until(RestartEnded)
        assert (ended.id, ended.problem) == (7, problem)
        await until(lambda: self.status() == "active")
        return ended


@asynccontextmanager
async def desk(
    server: RealServer,
    screen: dict[str, str],
    folder: Path,
    *granted: str,
    program: tuple[str, ...] = FROM_SOURCE,
) -> AsyncIterator[Desk]:
    """Run an applet in a session that the technician has started, with the powers *granted*."""
    account = Account(screen, folder / "account")
    made = server.owner.create_session()
    link = link_parts(made["link"])
    words = ("--server", server.url, "--code", link.code, "--key", link.key)
    async with running_applet(account.environment, *words, program=program) as process:
        console = Console(server, made["id"])
        await until(lambda: console.session()["status"] == "waiting")
        console.start()
        async with console.connected():
            await until(lambda: console.session()["applet"])
            console.ready()
            await console.until(Greeting)
            session = Desk(console, Person(account.environment), account, process)
            for power in granted:
                await session.granted(power)
            yield session


@asynccontextmanager
async def signed_in(account: Account) -> AsyncIterator[Process]:
    """Run the program that starts at sign-in while the block runs."""
    program, *words = account.command()
    async with running_applet(account.environment, *words, program=[program]) as process:
        yield process


async def test_after_the_restart_the_applet_is_back_in_its_session_by_itself(
    server: RealServer, screen: dict[str, str], tmp_path: Path
) -> None:
    async with desk(server, screen, tmp_path, "control", "reboot") as session:
        await session.restarted()
        assert session.status() == "rebooting"
        assert [call.split()[1:] for call in session.account.restarts] == [["reboot"]]
        [secret] = session.account.data.rglob("*.json")
        assert secret.stat().st_mode & 0o777 == 0o600
        assert secret.parent.stat().st_mode & 0o777 == 0o700

        before = len(session.console.seen)
        async with signed_in(session.account) as process:
            await until(lambda: session.status() == "active")
            assert session.account.entries == []
            assert list(session.account.data.rglob("*.json")) == []
            assert session.console.session()["consents"] == {"control": "granted"}
            session.console.ready()
            await session.console.until(Greeting, after=before)
            await moves_the_pointer(session)

            session.console.owner.post(f"/sessions/{session.console.session_id}/close")
            await until(lambda: session.person.height_of_applet() < 300)
            session.person.press_in_applet("Return")
            assert await asyncio.wait_for(process.wait(), WAIT_S) == 0
    assert session.account.left_behind == []


async def moves_the_pointer(session: Desk) -> None:
    """Show that control, granted before the restart, works after it."""

    def moved() -> bool:
        session.console.relay.post(PointerMoved(screen=0, x=320 / 1279, y=0.5))
        return session.person.place()[0] == 320

    await until(moved)


async def test_the_technician_controls_nothing_during_the_countdown(
    server: RealServer, screen: dict[str, str], tmp_path: Path
) -> None:
    async with desk(server, screen, tmp_path, "control", "system_information", "reboot") as session:
        await moves_the_pointer(session)
        await session.counting()
        session.console.post_all(
            PointerMoved(screen=0, x=0.9, y=0.9), SystemInformationWanted(id=1)
        )
        # The answers come in the order of the requests.
        await session.console.until(SystemInformation)
        assert session.person.place()[0] == 320


async def test_the_countdown_ends_in_a_restart_if_nobody_acts(
    server: RealServer, screen: dict[str, str], tmp_path: Path
) -> None:
    async with desk(server, screen, tmp_path, "reboot") as session:
        await session.counting()
        await until(lambda: session.account.restarts)


async def test_the_customer_can_cancel_and_is_asked_again_before_the_next_restart(
    server: RealServer, screen: dict[str, str], tmp_path: Path
) -> None:
    async with desk(server, screen, tmp_path, "control", "reboot") as session:
        await session.counting()
        session.person.press_in_applet("Return")
        await session.ended(RestartProblem.CANCELLED)
        consents = session.console.session()["consents"]
        assert consents == {"control": "granted", "reboot": "denied"}
        assert session.account.restarts == []
        assert session.account.left_behind == []


async def test_stop_also_ends_the_countdown(
    server: RealServer, screen: dict[str, str], tmp_path: Path
) -> None:
    async with desk(server, screen, tmp_path, "reboot") as session:
        await session.counting()
        session.person.do("key", "ctrl+alt+Pause")
        await session.ended(RestartProblem.TAKEN_BACK)
        assert session.account.restarts == []


async def test_a_systems_refusal_is_quoted_and_the_session_goes_on(
    server: RealServer, screen: dict[str, str], tmp_path: Path
) -> None:
    async with desk(server, screen, tmp_path, "reboot") as session:
        session.account.answer("echo 'Access denied' >&2; exit 1")
        await session.counting()
        session.person.press_in_applet("shift+Tab", "Return")
        ended = await session.ended(RestartProblem.REFUSED)
        assert ended.detail == "Access denied"
        assert ("restart_refused", "Access denied") in session.log()
        assert session.console.session()["consents"] == {"reboot": "granted"}
        assert session.account.left_behind == []


async def test_without_a_way_back_nothing_is_restarted(
    server: RealServer, screen: dict[str, str], tmp_path: Path
) -> None:
    async with desk(server, screen, tmp_path, "reboot") as session:
        session.account.config.write_text("a file where the folder should be")
        await session.counting()
        session.person.press_in_applet("shift+Tab", "Return")
        ended = await session.ended(RestartProblem.NO_WAY_BACK)
        assert ended.detail
        assert session.account.restarts == []
        assert not session.account.data.exists() or not list(session.account.data.iterdir())


async def test_a_session_closed_meanwhile_is_cleaned_up_silently(
    server: RealServer, screen: dict[str, str], tmp_path: Path
) -> None:
    async with desk(server, screen, tmp_path, "reboot") as session:
        await session.restarted()
        session.console.owner.post(f"/sessions/{session.console.session_id}/close")
        process = await asyncio.create_subprocess_exec(
            *session.account.command(), env=session.account.environment, cwd=tmp_path
        )
        assert await asyncio.wait_for(process.wait(), WAIT_S) == 0
    assert session.account.left_behind == []


async def test_an_invalid_way_back_starts_nothing_and_is_removed(
    server: RealServer, screen: dict[str, str], tmp_path: Path
) -> None:
    async with desk(server, screen, tmp_path, "reboot") as session:
        await session.restarted()
        [secret] = session.account.data.rglob("*.json")
        secret.write_bytes(b'{"server_url":' + b"[" * 5_000)
        process = await asyncio.create_subprocess_exec(
            *session.account.command(), env=session.account.environment, cwd=tmp_path
        )
        assert await asyncio.wait_for(process.wait(), WAIT_S) == 0
        assert session.status() == "rebooting"
    assert session.account.left_behind == []


async def test_another_user_of_the_computer_does_not_get_into_the_session(
    server: RealServer, screen: dict[str, str], tmp_path: Path
) -> None:
    async with desk(server, screen, tmp_path, "reboot") as session:
        await session.restarted()
        other = Account(screen, tmp_path / "other")
        assert other.entries == []
        # Even started with the same arguments, another user's applet finds no way back.
        process = await asyncio.create_subprocess_exec(
            *session.account.command(), env=other.environment, cwd=tmp_path
        )
        assert await asyncio.wait_for(process.wait(), WAIT_S) == 0
        assert session.status() == "rebooting"
        assert len(session.account.entries) == 1


@pytest.mark.parametrize("asked", [False, True], ids=["never asked", "asked, not answered"])
async def test_without_consent_neither_the_server_nor_the_applet_restarts(
    server: RealServer, screen: dict[str, str], tmp_path: Path, asked: bool
) -> None:
    async with desk(server, screen, tmp_path, "control") as session:
        if asked:
            await session.asked("reboot")
        answer = session.console.owner.post(f"/sessions/{session.console.session_id}/reboot")
        assert answer.status_code == 409
        height = session.person.height_of_applet()
        session.console.relay.post(RestartWanted(id=7))
        if asked:
            # The refusal lets the pointer move, and that shows that all before it has been read.
            session.person.press_in_applet("Return")
        await moves_the_pointer(session)
        assert asked or session.person.height_of_applet() == height
        assert session.account.restarts == []
        assert session.account.left_behind == []


@pytest.mark.timeout(900)
async def test_the_built_file_comes_back_as_a_copy_or_reports_that_it_cannot(
    server: RealServer,
    screen: dict[str, str],
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    built = built_applet(tmp_path_factory)
    downloaded = tmp_path / "Rescue"
    shutil.copy(built, downloaded)
    async with desk(server, screen, tmp_path, "reboot", program=(str(downloaded),)) as session:
        downloaded.unlink()
        await session.counting()
        session.person.press_in_applet("shift+Tab", "Return")
        await session.ended(RestartProblem.NO_WAY_BACK)
        assert session.account.restarts == []
        assert session.account.left_behind == []

        shutil.copy(built, downloaded)
        await session.restarted()
        downloaded.unlink()
        async with signed_in(session.account) as process:
            await until(lambda: session.status() == "active")
            await until(lambda: session.person.height_of_applet() > 300)
            session.console.owner.post(f"/sessions/{session.console.session_id}/close")
            await until(lambda: session.person.height_of_applet() < 300)
            session.person.press_in_applet("Return")
            assert await asyncio.wait_for(process.wait(), WAIT_S) == 0
    assert session.account.left_behind == []
