"""A session with the applet: clipboard, network loss, a wrong certificate, the end."""

import asyncio
from contextlib import suppress
from pathlib import Path

from rescue_console.peer.relay import PeerGone
from rescue_console.protocol.channel import (
    ClipboardChanged,
    ClipboardWanted,
    Greeting,
)
from rescue_console.protocol.links import LinkParts
from tests.stage.applets.console import Console
from tests.stage.applets.helped import Helped, helped
from tests.stage.applets.running import (
    LESS_THAN_A_QUESTION,
    LESS_THAN_THE_SESSION,
    Person,
    running_applet,
)
from tests.stage.customers.beside import carried, join_by_page, offered_applets
from tests.stage.links import link_parts
from tests.stage.networks.wire import Wire
from tests.stage.servers.rescue_server import RealServer
from tests.stage.until import WAIT_S, until


async def test_the_greeting_names_system_and_screens(help_: Helped) -> None:
    greeting = await help_.console.until(Greeting)

    assert greeting.can_control
    assert greeting.attention_hindrance == ""
    assert [(each.width, each.height) for each in greeting.screens] == [(1280, 800)]


async def test_the_clipboard_works_both_ways_once_it_is_granted(help_: Helped) -> None:
    help_.console.post_all(ClipboardChanged(text="too early"))
    await help_.granted("clipboard")

    answer: ClipboardChanged | None = None
    async with asyncio.timeout(WAIT_S):
        while answer is None:
            # Ask again, as a person would: what is posted while the channel reopens is lost.
            help_.console.post_all(ClipboardChanged(text="de l’été"), ClipboardWanted())
            with suppress(TimeoutError):
                answer = await asyncio.wait_for(help_.console.until(ClipboardChanged), 2)

    assert answer.text == "de l’été"


async def test_after_a_network_loss_channel_and_grants_are_back(
    server: RealServer, screen: dict[str, str]
) -> None:
    with Wire(int(server.url.rpartition(":")[2])) as wire:
        async with helped(server, screen, address=wire.url) as session:
            await session.granted("control")
            before = len(session.console.seen)
            wire.block()
            await session.console.until(PeerGone, after=before)
            wire.mend()
            await session.console.until(Greeting, after=before)

            assert session.console.session()["consents"] == {"control": "granted"}


async def test_a_certificate_that_was_not_announced_gets_no_channel(
    server: RealServer, screen: dict[str, str]
) -> None:
    made = server.owner.create_session()
    link = link_parts(made["link"])
    words = ("--server", server.url, "--code", link.code, "--key", link.key)
    async with running_applet(screen, *words):
        console, other = (Console(server, made["id"]) for _ in range(2))
        await until(lambda: console.session()["status"] == "waiting")
        console.start()
        async with other.connected():
            await until(lambda: console.session()["applet"])
            console.ready()
            await other.until(PeerGone)
            await until(lambda: sum(isinstance(each, PeerGone) for each in other.seen) > 1)

    assert not [each for each in other.seen if isinstance(each, Greeting)]


async def test_what_one_console_was_allowed_must_be_allowed_again_for_another(
    help_: Helped, server: RealServer, tmp_path: Path
) -> None:
    await help_.granted("clipboard")
    (tmp_path / "other").mkdir()
    # With the security code, which goes with the console and comes with the other one.
    calm = help_.person.height_of_applet()
    help_.console.leave()
    other = Console(server, help_.console.session_id)
    async with other.connected():
        other.ready()
        await until(lambda: help_.person.height_of_applet() > calm + LESS_THAN_A_QUESTION)
        await other.until(Greeting)
        # The server still says that it is granted, but that is not the customer's answer.
        assert other.session()["consents"] == {"clipboard": "granted"}
        help_.person.allow()
        await until(lambda: help_.person.height_of_applet() <= calm)
        text = ""
        while text != "another's":
            before = len(other.seen)
            other.post_all(ClipboardChanged(text="another's"), ClipboardWanted())
            text = (await other.until(ClipboardChanged, after=before)).text


async def test_ending_the_session_asks_once_and_ends_the_program(
    server: RealServer, screen: dict[str, str]
) -> None:
    made = server.owner.create_session()
    link = link_parts(made["link"])
    words = ("--server", server.url, "--code", link.code, "--key", link.key)
    async with running_applet(screen, *words) as process:
        console, person = Console(server, made["id"]), Person(screen)
        await until(lambda: person.height_of_applet() > LESS_THAN_THE_SESSION)
        # Go back from the first button to the last, End session; then to the question's "Yes".
        person.press_in_applet("shift+Tab", "Return", "shift+Tab", "Return")
        assert await asyncio.wait_for(process.wait(), 30) == 0

        assert console.session()["status"] == "closed_by_waiting_customer"


async def test_the_applet_says_when_the_technician_closes_the_session_and_ends(
    server: RealServer, screen: dict[str, str]
) -> None:
    made = server.owner.create_session()
    link = link_parts(made["link"])
    words = ("--server", server.url, "--code", link.code, "--key", link.key)
    async with running_applet(screen, *words) as process:
        console, person = Console(server, made["id"]), Person(screen)
        await until(lambda: console.session()["applet"])
        await until(lambda: person.height_of_applet() > LESS_THAN_THE_SESSION)
        server.owner.post(f"/sessions/{made['id']}/close")
        await until(lambda: person.height_of_applet() < LESS_THAN_THE_SESSION)
        person.press_in_applet("Return")
        code = await asyncio.wait_for(process.wait(), 30)

    assert code == 0


async def test_a_technician_who_puts_the_session_on_hold_loses_the_channel(
    help_: Helped,
) -> None:
    await help_.granted("clipboard")
    before = len(help_.console.seen)
    help_.console.owner.post(f"/sessions/{help_.console.session_id}/hold").raise_for_status()
    await help_.console.until(PeerGone, after=before)

    help_.console.start()
    help_.console.ready()
    await help_.console.until(Greeting, after=before)


async def test_a_killed_applet_is_downloaded_again_on_the_page_and_asks_again(
    screen: dict[str, str], tmp_path: Path
) -> None:
    with RealServer(tmp_path / "data", *offered_applets(tmp_path / "applets")) as server:
        made = server.owner.create_session()
        cookies = join_by_page(server.url, link_parts(made["link"]))
        help_ = Helped(Console(server, made["id"]), Person(screen))
        console = help_.console
        console.start()
        first = words_for(server, carried(server.url, cookies))
        async with running_applet(screen, *first) as process:
            await until(lambda: console.session()["applet"])
            async with console.connected():
                console.ready()
                await help_.granted("clipboard")
                before = len(console.seen)
                process.kill()
                await until(lambda: not console.session()["applet"])
                again = words_for(server, carried(server.url, cookies))
                async with running_applet(screen, *again):
                    await until(lambda: console.session()["applet"])
                    assert console.session()["consents"] == {"clipboard": "asked"}
                    console.ready()
                    await console.until(Greeting, after=before)
                    help_.person.allow()
                    await until(lambda: console.session()["consents"] == {"clipboard": "granted"})


def words_for(server: RealServer, parts: LinkParts) -> tuple[str, ...]:
    return ("--server", server.url, "--code", parts.code, "--key", parts.key)
